// `--space` names a published space or a file: the file is read here, and what is wrong in it is told with its name and line.
import { readFileSync, statSync } from 'node:fs'
import { SpaceFileError, readSpaceFile } from '@cellboard/schema/space-file'
import { SPACE_NAMES } from '@cellboard/schema/spaces'
import { unknownName, UsageError } from './cli-usage-error.js'

/** A space file larger than this is none. */
const MOST_BYTES = 100_000

/** What the words after `--space` set: a published space, or `custom` and its text. @throws UsageError */
export function spaceSettings(given: string): { space: string; spaceText?: string } {
  if ((SPACE_NAMES as readonly string[]).includes(given)) return { space: given }
  const spaceText = textOf(given)
  try {
    readSpaceFile(spaceText)
  } catch (error) {
    if (error instanceof SpaceFileError) throw new UsageError(`${given}: ${error.message}`)
    throw error
  }
  return { space: 'custom', spaceText }
}

function textOf(path: string): string {
  const file = statSync(path, { throwIfNoEntry: false })
  if (!file) throw new UsageError(`${unknownName('space', path, SPACE_NAMES).message} Nor is there such a file.`)
  if (!file.isFile()) throw new UsageError(`Expected a space or a space file after --space, but ${path} is no file.`)
  if (file.size > MOST_BYTES)
    throw new UsageError(`Expected a space file of at most ${MOST_BYTES} bytes, but ${path} has ${file.size}.`)
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`Expected a space file that can be read, but ${path} cannot: ${(error as Error).message}.`)
  }
}
