// What is said of a file that should be a picture and is not.
import { EngineError } from '../../errors.js'

/** @param reason why it could not be decoded: what the decoder threw, or a sentence's end */
export const badPicture = (file: string, reason: unknown) =>
  new EngineError(
    'BAD_DATA',
    `${file}: Expected a whole picture (JPEG, PNG, WebP, GIF, TIFF or AVIF), but ${said(reason)}.`,
    'Take the file away or replace it: it is damaged, or not a picture. `cellboard data check` lists all such files.',
  )

const said = (reason: unknown): string => {
  if (!(reason instanceof Error)) return String(reason)
  // The decoder's own words may be many lines and end in a full stop.
  return `the decoder says: ${reason.message.split('\n')[0]!.replace(/\.$/, '')}`
}
