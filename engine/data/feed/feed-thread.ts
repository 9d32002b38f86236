// The program of one thread of a feed: makes the batches that it is sent orders for, one after the other.
import { parentPort, workerData } from 'node:worker_threads'
import { EngineError } from '../../errors.js'
import { BatchMaker, type BatchOrder, type BatchRules, type Parts } from './batch-maker.js'
import type { ThreadAnswer } from './feed-threads.js'

const { parts, rules } = workerData as { parts: Parts; rules: BatchRules }
const maker = new BatchMaker(parts, rules)
let last: Promise<void> = Promise.resolve()

parentPort!.on('message', ({ number, order }: { number: number; order: BatchOrder }) => {
  last = last.then(() => answer(number, order))
})

async function answer(number: number, order: BatchOrder): Promise<void> {
  const tell = (what: ThreadAnswer, handedOver: ArrayBuffer[] = []) => parentPort!.postMessage(what, handedOver)
  try {
    const batch = await maker.make(order)
    tell({ number, batch }, [batch.x.buffer as ArrayBuffer, batch.y.buffer as ArrayBuffer])
  } catch (error) {
    if (error instanceof EngineError) tell({ number, failure: error.failure })
    else tell({ number, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}
