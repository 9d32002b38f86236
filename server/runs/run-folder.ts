// Where a run keeps what does not go into the store: its checkpoint, and the files that it leaves.
import { join } from 'node:path'
import type { Config } from '../config.js'

export const runFolder = ({ home }: Pick<Config, 'home'>, run: { readonly id: number }): string =>
  join(home, 'runs', String(run.id))

export const filesFolder = (folderOfRun: string): string => join(folderOfRun, 'files')
