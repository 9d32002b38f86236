// The page that people review is the API that is served.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildApi } from '../../server/graphql/schema.js'
import { printApi } from '../../server/graphql/sdl.js'

const file = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url))

test('schema/schema.graphql is what the server prints', async () => {
  const hint = 'Run npm run print-schema -w @cellboard/server, look at the difference, and commit it.'
  expect(printApi(await buildApi()), hint).toBe(readFileSync(file, 'utf8'))
})
