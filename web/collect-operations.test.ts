// @vitest-environment node
// What the dashboard asks, gathered whole.
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { buildSchema, parse, validate } from 'graphql'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { collectOperations } from './collect-operations.js'

const here = fileURLToPath(new URL('.', import.meta.url))

test('every operation is there, whole, under the hash of its text', () => {
  const { hashes, texts } = collectOperations(here)
  const schema = buildSchema(readFileSync(fileURLToPath(new URL('../schema/schema.graphql', import.meta.url)), 'utf8'))
  expect(Object.keys(hashes).length).toBeGreaterThan(40)
  for (const [name, hash] of Object.entries(hashes)) {
    const text = texts[hash]!
    expect(createHash('sha256').update(text).digest('hex'), name).toBe(hash)
    expect(validate(schema, parse(text)), name).toEqual([])
  }
})
