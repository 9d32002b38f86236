// The new-training form's own checking: the server's rules, told at the field; and what a recipe fills in.
import { RECIPES, trainingSettingsSchema } from '@cellboard/schema/training-settings'
import { expect, it } from 'vitest'
import { appliesTo, checkTraining, networkOf, quickTraining, usualTraining } from './check-training.js'
import { TRAINING_FIELDS, TRAINING_GROUPS } from './training-fields.js'

const ARCHITECTURE = '|nor_conv_3x3~0|+|skip_connect~0|none~1|+|none~0|none~1|skip_connect~2|'

it('shows every setting, in one group, with a description', () => {
  const grouped = TRAINING_GROUPS.flatMap((group) => group.settings)
  expect([...grouped].sort()).toEqual(Object.keys(trainingSettingsSchema.shape).sort())
  expect(TRAINING_FIELDS.every((field) => field.description !== '')).toBe(true)
})

it('leaves an empty form to the recipe, and tells what that is', () => {
  expect(checkTraining({}, 'darts').input).toEqual({})
  expect(usualTraining({}, 'darts')).toMatchObject(RECIPES.base)
  expect(usualTraining({ preset: 'fancy' }, 'darts')).toMatchObject(RECIPES.fancy)
  expect(usualTraining({}, networkOf(ARCHITECTURE))).toMatchObject({ preset: 'nas-bench-201', epochs: 200 })
  expect(usualTraining({ dataset: 'digits' }, 'darts').cutout, 'half of an image at most').toBe(4)
})

it('tells what is wrong at its field', () => {
  expect(checkTraining({ dataset: 'own' }, 'darts').problems.dataPath).toMatch(/a folder, a \.csv or a \.npz/)
  expect(checkTraining({ patience: '3' }, 'darts').problems.patience).toMatch(/train share below 1/)
  expect(checkTraining({ seed: '1, 1' }, 'darts').problems.seed).toMatch(/each seed once/)
  expect(checkTraining({ formats: [] }, 'darts').input).toEqual({ formats: [] })
})

it('sends no more than what means something', () => {
  const values = { dataPath: 'somewhere', imageSize: '64', auxiliaryWeight: '0.2' }
  expect(checkTraining(values, 'darts').input).toEqual({ auxiliaryWeight: 0.2 })
  expect(checkTraining({ ...values, auxiliary: false }, 'darts').input).toEqual({ auxiliary: false })
  expect(checkTraining({ ...values, dataset: 'own' }, 'darts').input).toMatchObject({
    dataPath: 'somewhere',
    imageSize: 64,
  })
  expect(appliesTo('weightRateEnd', { preset: 'imagenet' }, 'darts')).toBe(false)
  expect(appliesTo('auxiliary', {}, networkOf(ARCHITECTURE))).toBe(false)
})

it('offers a quick look that is right for both networks', () => {
  for (const network of ['darts', 'nas-bench-201'] as const)
    expect(checkTraining(quickTraining(network), network).problems).toEqual({})
})
