// Opens a training's data as a part of its story: what takes long is told as it goes.
import type { EngineEvent } from '@cellboard/schema/events'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { openTrainingData, type OpenedData } from '../data/open-training-data.js'

/** `preparing` with the time left while pictures are read; nothing where they are at hand. */
export async function* opening(
  settings: ResolvedTrainingSettings,
  dataFolder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<EngineEvent, OpenedData> {
  let newest: EngineEvent | null = null
  let wake = () => {}
  const tell = (what: string, etaSeconds: number | null) => {
    newest = { type: 'preparing', what, etaSeconds }
    wake()
  }
  // Whoever leaves the loop ends the reading too.
  const left = new AbortController()
  const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal
  let opened = false
  const data = openTrainingData(settings, dataFolder, { tell, signal: either }).finally(() => {
    opened = true
    wake()
  })
  data.catch(() => undefined) // told below, or nobody is there any more
  try {
    while (!opened) {
      await new Promise<void>((resolve) => (wake = resolve))
      if (newest && !opened) yield newest
      newest = null
    }
    return await data
  } finally {
    left.abort()
  }
}
