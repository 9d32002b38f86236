// Opening a training's data: nothing is told of images that are at hand, and a reading that is no longer wanted ends.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolveTrainingSettings, trainingSettingsSchema, type TrainingSettingsInput } from '@cellboard/schema/training-settings' // prettier-ignore
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { opening } from './opening.js'

const settingsOf = (more: TrainingSettingsInput) =>
  resolveTrainingSettings(trainingSettingsSchema.parse({ batch: 2, ...more }), 'darts')

let place: string
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'opening-'))
  for (const name of ['cat', 'dog']) {
    mkdirSync(join(place, name))
    for (let i = 0; i < 4; i++)
      await sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 40 * i, g: 0, b: 0 } } })
        .png()
        .toFile(join(place, name, `${i}.png`))
  }
})
afterAll(() => rmSync(place, { recursive: true }))

it('gives the data at once where images are at hand', async () => {
  const next = await opening(settingsOf({ dataset: 'digits', images: 100 }), place, undefined).next()
  expect(next).toMatchObject({ done: true, value: { train: { count: 100 } } })
})

it('gives pictures that it read', async () => {
  const events = opening(settingsOf({ dataset: 'own', dataPath: place, testShare: 0.25 }), place, undefined)
  expect(await events.next()).toMatchObject({ done: true, value: { train: { count: 6 }, test: { count: 2 } } })
})

it('ends where it is stopped from outside', async () => {
  const events = opening(settingsOf({ dataset: 'own', dataPath: place }), place, AbortSignal.abort())
  await expect(events.next()).rejects.toMatchObject({ name: 'AbortError' })
})
