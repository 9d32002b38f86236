// A training's checkpoint: what it keeps, and how one of another network or of other data is told.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTrainingCheckpoint, writeTrainingCheckpoint } from './training-checkpoint.js'
import { quickTraining } from './training-fixture.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'training-checkpoint-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const position = {
  ...{ epoch: 1, step: 7, loss: 1.5, accuracy: 0.25, epochSeconds: 0.5, seconds: 8 },
  looks: [{ epoch: 1, testAccuracy: 0.5 }],
}
const tensors = { weights: { shape: [3], values: Float32Array.of(1, NaN, -Infinity) } }
const place = () => ({ folder, settings: quickTraining(), stepsPerEpoch: 5 })

test('comes back as it was written; workers and formats may differ', () => {
  writeTrainingCheckpoint(place(), position, tensors)
  const settings = quickTraining({ workers: 3, formats: ['onnx'] })
  expect(readTrainingCheckpoint({ ...place(), settings }, 3)).toEqual({ position, tensors })
  expect(readTrainingCheckpoint({ ...place(), folder: join(folder, 'missing') }, 3)).toBeNull()
})

test('has the same size however long it took', () => {
  const sizes = [0, 1234.5678].map((seconds) => writeTrainingCheckpoint(place(), { ...position, seconds }, tensors))
  expect(sizes[0]).toBe(sizes[1])
})

test.each([
  ['another network', 4, 5, /a network of 3 weights, and this one has 4/],
  ['other data', 3, 6, /an epoch had 5 steps, and now the data gives 6/],
])('of %s is refused', (_, weights, stepsPerEpoch, message) => {
  writeTrainingCheckpoint(place(), position, tensors)
  expect(() => readTrainingCheckpoint({ ...place(), stepsPerEpoch }, weights)).toThrow(message)
})
