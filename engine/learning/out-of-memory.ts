// Memory that a step lacks ends a search or a training as OUT_OF_MEMORY: beforehand where an estimate says so, else when TensorFlow does.
import { backendMemory, isOutOfMemory, type BackendMemory } from '../backend/backend-memory.js'
import { EngineError } from '../errors.js'
import { largestBatch, stepMemory, type StepNeeds } from '../space/step-memory.js'

/** A step that is to be made, and of what: "stage 1". */
export interface Ask extends StepNeeds {
  readonly of: string
}

/**
 * Call it before anything of a step is built, with the backend in use. What this process holds already counts as had.
 * @throws {EngineError} OUT_OF_MEMORY with what the step takes, what there is, and the largest batch that should fit
 */
export function refuseTooLarge(ask: Ask, memory: BackendMemory | null = backendMemory()): void {
  if (!memory) return
  const needs = { ...ask, eager: memory.eager }
  const [needed, had] = [stepMemory(needs), memory.bytes + process.memoryUsage.rss()]
  if (needed <= had) return
  throw new EngineError(
    'OUT_OF_MEMORY',
    `Expected a step of ${ask.of} to fit the ${amount(had)} that ${memory.giver} can give, but with ${images(ask.batch)} it takes about ${amount(needed)}.`,
    advice(largestBatch(needs, had)),
  )
}

/**
 * What to throw instead of an error of a step: OUT_OF_MEMORY where that was it, with what was asked for, else the error itself. `ask` may
 * lack the cost where several networks might have been it. Half the batch is proposed where an estimate would allow more: it
 * was wrong, or others took the memory.
 */
export function outOfMemory(
  error: unknown,
  ask: Pick<Ask, 'of' | 'batch'> & Partial<Ask>,
  memory: BackendMemory | null = backendMemory(),
): unknown {
  if (error instanceof EngineError || !isOutOfMemory(error)) return error
  const { of, batch, cost } = ask
  const needs = cost && { ...ask, cost, eager: memory?.eager ?? false }
  const about = needs ? `, about ${amount(stepMemory(needs))} in all` : ''
  const fitting = needs && memory ? largestBatch(needs, memory.bytes + process.memoryUsage.rss()) : Infinity
  return new EngineError(
    'OUT_OF_MEMORY',
    `Expected memory for a step of ${of} with ${images(batch)}${about}, but it ran out: ${sentenceOf(error)}`,
    advice(Math.min(Math.floor(batch / 2), fitting)),
  )
}

const images = (batch: number) => (batch === 1 ? '1 image' : `${batch} images`)

const amount = (bytes: number) => (bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`)

const advice = (batch: number) =>
  batch > 0
    ? `Use a batch of at most ${batch}; fewer channels or cells take less too.`
    : 'Not even a batch of 1 fits: use fewer channels or cells, or a machine with more memory.'

/** What was asked for, without the trace around it. */
function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const line = /OOM when allocating[^\n]*/.exec(text)?.[0] ?? text.split('\n')[0]!
  return `${line.trim().slice(0, 300).replace(/\.$/, '')}.`
}
