// Tells an engine that died for want of memory from one that died otherwise: to try that again would only take the machine's memory again.
import { outOfMemoryKills } from '@cellboard/engine/facts'
import type { Failure } from '@cellboard/schema/error-codes'
import type { Work } from '../runs/run.table.js'

/** What C++ and V8 say before they abort. */
const LAST_WORDS = /\bbad_alloc\b|\bheap out of memory\b|\bCannot allocate memory\b|\bOOM when allocating\b/

/** Kills that have been put down to an engine of this server: they are no other's. */
let explained = 0

/** Begins to watch when an engine is started. `kills`: how often the kernel has ended a process for its memory. */
export class MemoryWatch {
  readonly #before: number

  constructor(readonly kills: () => number = outOfMemoryKills) {
    this.#before = kills() - explained
  }

  /** Whether it was memory that ended the engine: told by itself, or by the kernel, which ends with SIGKILL and keeps count. */
  wasIt(signal: NodeJS.Signals | null, lastWords: string): boolean {
    if (signal === 'SIGABRT') return LAST_WORDS.test(lastWords)
    if (signal !== 'SIGKILL' || this.kills() - explained <= this.#before) return false
    explained++
    return true
  }
}

/** Half the batch is proposed: the estimate before the run's start had room for the whole, so it has nothing better to say. */
export function memoryFailure({ settings: { batch, channels } }: Work): Failure {
  const half = Math.floor(batch / 2)
  return {
    code: 'OUT_OF_MEMORY',
    message: `Expected the engine to find memory for its steps (batch ${batch}, ${channels} channels), but the machine had none left and ended it.`,
    hint: `${half > 0 ? `Use a batch of at most ${half}, fewer channels or fewer cells` : 'Use fewer channels or cells'}, or compute fewer runs at a time. What was found so far is kept.`,
  }
}
