// What a client may say to start a search is read off the settings' rules: every key is there, of its type, and explained.
import { searchSettingsSchema } from '@cellboard/schema/settings'
import { isInputObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { buildApi } from '../../server/graphql/schema.js'

test('SearchInput has the keys of the settings, and a name', async () => {
  const input = (await buildApi()).getType('SearchInput')
  if (!isInputObjectType(input)) throw new Error('Expected an input type SearchInput.')
  const fields = input.getFields()
  const keys = Object.keys(fields)
  expect(keys.filter((key) => key !== 'name').sort()).toEqual(Object.keys(searchSettingsSchema.shape).sort())
  for (const key of keys) expect(fields[key]!.description, key).toMatch(/\w/)
  const types = ['method', 'seed', 'trainShare', 'augment', 'space', 'clusters', 'depthChoices'].map((key) =>
    String(fields[key]!.type),
  )
  expect(types).toEqual(['SearchMethod', 'Int', 'Float', 'Boolean', 'String', '[[String!]!]', '[Int!]'])
})
