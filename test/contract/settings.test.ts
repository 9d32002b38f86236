// What a client may say to start a search or a training is read off the settings' rules: every key is there, of its type, and explained.
import { searchSettingsSchema } from '@cellboard/schema/settings'
import { trainingSettingsSchema } from '@cellboard/schema/training-settings'
import { isInputObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { buildApi } from '../../server/graphql/schema.js'

const TYPES_OF_SEARCH = {
  method: 'SearchMethod',
  seed: 'Int',
  trainShare: 'Float',
  augment: 'Boolean',
  space: 'String',
  clusters: '[[String!]!]',
  depthChoices: '[Int!]',
}
const TYPES_OF_TRAINING = { genotype: 'String', epochs: 'Int', ema: 'Float', nesterov: 'Boolean', formats: '[String!]' }

test.each([
  ['SearchInput', searchSettingsSchema, TYPES_OF_SEARCH],
  ['TrainingInput', trainingSettingsSchema, TYPES_OF_TRAINING],
])('%s has the keys of the settings, and a name', async (name, { shape }, types) => {
  const input = (await buildApi()).getType(name)
  if (!isInputObjectType(input)) throw new Error(`Expected an input type ${name}.`)
  const fields = input.getFields()
  const keys = Object.keys(fields)
  expect(keys.filter((key) => key !== 'name').sort()).toEqual(Object.keys(shape).sort())
  for (const key of keys) expect(fields[key]!.description, key).toMatch(/\w/)
  const shown = Object.keys(types).map((key) => [key, String(fields[key]!.type)])
  expect(Object.fromEntries(shown)).toEqual(types)
})
