// Decodes many picture files once, as many at a time as there are cores, and keeps going past those that cannot be decoded.
import { availableParallelism } from 'node:os'
import { EngineError } from '../../errors.js'
import type { StillPicture } from './decode.js'

/** Is told what is under way and how many seconds are left, null as long as nobody knows. */
export type TellWork = (what: string, etaSeconds: number | null) => void

export interface DecodeOptions {
  readonly tell?: TellWork | undefined
  readonly signal?: AbortSignal | undefined
}

/** Files between two tellings at least. */
const TELL_EVERY = 200
/** Milliseconds between two tellings at least. */
const TELL_AFTER = 500

/**
 * Decodes each file and hands its bytes on, in no particular order.
 * @param take is handed a file's number and its picture
 * @returns what is wrong with each file that could not be decoded, by its number, in the order of the files
 */
export async function decodeAll(
  files: readonly string[],
  view: { size: number; margin: number },
  take: (index: number, picture: StillPicture) => void,
  { tell, signal }: DecodeOptions = {},
): Promise<Map<number, string>> {
  const { decodeStill } = await import('./decode.js')
  const broken: [number, string][] = []
  const began = performance.now()
  let [next, done, told] = [0, 0, began]
  const work = async () => {
    while (next < files.length) {
      signal?.throwIfAborted()
      const index = next++
      try {
        take(index, await decodeStill(files[index]!, view))
      } catch (error) {
        if (!(error instanceof EngineError)) throw error
        broken.push([index, error.message])
      }
      done++
      const now = performance.now()
      if (!tell || now - told < TELL_AFTER || done < TELL_EVERY) continue
      told = now
      tell(`Reading pictures, ${done} of ${files.length}`, ((now - began) / 1000 / done) * (files.length - done))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return new Map(broken.sort(([a], [b]) => a - b))
}
