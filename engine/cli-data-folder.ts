// Where commands look for data sets: `--data`, else CELLBOARD_DATA, else a folder of one's home.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

export const dataFlag = z
  .string()
  .optional()
  .describe('Folder with the data sets [CELLBOARD_DATA or ~/.cellboard/data]')

export const dataFolderOf = (data: string | undefined): string =>
  data ?? process.env.CELLBOARD_DATA ?? join(homedir(), '.cellboard', 'data')
