// Settings are written twice, as zod rules and as an input class: here the two are held together.
import { searchSettingsSchema } from '@cellboard/schema/settings'
import { isInputObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { buildApi } from '../../server/graphql/schema.js'

test('SearchInput has the keys of the settings, and a name', async () => {
  const input = (await buildApi()).getType('SearchInput')
  if (!isInputObjectType(input)) throw new Error('Expected an input type SearchInput.')
  const keys = Object.keys(input.getFields())
  expect(keys.filter((key) => key !== 'name').sort()).toEqual(Object.keys(searchSettingsSchema.shape).sort())
})
