// One line of JSON a value; numbers that JSON cannot write (a diverged loss) are written as words.
import { once } from 'node:events'

/** NaN and infinities become the strings "NaN", "Infinity" and "-Infinity", where `JSON.stringify` would write null. */
export const jsonLine = (value: unknown): string =>
  `${JSON.stringify(value, (_key, part: unknown) => (typeof part === 'number' && !Number.isFinite(part) ? String(part) : part))}\n`

/** Writes that line to standard output, no faster than it is read there. */
export async function writeJson(value: unknown): Promise<void> {
  if (!process.stdout.write(jsonLine(value))) await once(process.stdout, 'drain')
}
