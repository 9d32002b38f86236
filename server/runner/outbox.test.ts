// Batches of an engine: columns, order, and one under way at a time.
import { expect, test } from 'vitest'
import type { EngineEvent } from '@cellboard/schema/events'
import type { Batch } from './messages.js'
import { Outbox } from './outbox.js'

const step = (step: number, loss = 1 / step): EngineEvent => ({
  type: 'step-finished',
  stage: 1,
  epoch: 1,
  step,
  metrics: { loss },
  etaSeconds: 10 - step,
})
const epochFinished: EngineEvent = {
  type: 'epoch-finished',
  stage: 1,
  epoch: 1,
  step: 2,
  trainLoss: 0.5,
  trainAccuracy: 0.25,
  seconds: 1,
}

/** An outbox whose server records only when told to. */
function outboxWithSlowServer() {
  const sent: Batch[] = []
  const outbox = new Outbox((batch) => sent.push(batch))
  return { outbox, sent }
}

test('steps become columns, and points told before an event come before it', async () => {
  const { outbox, sent } = outboxWithSlowServer()
  for (const event of [step(1), step(2, NaN), epochFinished, step(3)]) outbox.add(event)
  void outbox.emptied()
  await expect.poll(() => sent.length).toBe(1)
  expect(sent[0]).toMatchObject({ step: 3, etaSeconds: 7 })
  expect(sent[0]!.told.map(({ kind }) => kind)).toEqual(['points', 'event', 'points'])
  expect(sent[0]!.told[0]).toEqual({
    kind: 'points',
    columns: [
      { metric: 'loss', steps: Float64Array.of(1, 2), values: Float64Array.of(1, NaN) },
      { metric: 'train-loss', steps: Float64Array.of(2), values: Float64Array.of(0.5) },
      { metric: 'train-accuracy', steps: Float64Array.of(2), values: Float64Array.of(0.25) },
    ],
  })
})

test('one batch is under way at a time, and what is told meanwhile goes into the next', async () => {
  const { outbox, sent } = outboxWithSlowServer()
  outbox.add(step(1))
  await expect.poll(() => sent.length).toBe(1)
  for (let i = 2; i <= 50; i++) outbox.add(step(i))
  let emptied = false
  const done = outbox.emptied().then(() => (emptied = true))
  expect(sent).toHaveLength(1)
  outbox.recorded()
  await expect.poll(() => sent.length).toBe(2)
  expect(sent[1]!.told).toHaveLength(1)
  expect(emptied).toBe(false)
  outbox.recorded()
  await done
  expect(sent).toHaveLength(2)
})
