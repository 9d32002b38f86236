// A change that breaks clients is declared, or it is a mistake: the API is held against the one that was last released.
import { buildSchema, findBreakingChanges, type GraphQLSchema } from 'graphql'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import declared from '../../schema/api-changes.json' with { type: 'json' }

const require = createRequire(import.meta.url)
const read = (name: string) => buildSchema(readFileSync(require.resolve(`@cellboard/schema/${name}`), 'utf8'))

interface Declared {
  readonly date: string
  readonly change: string
  readonly why: string
}

/** Changes from one API to the next that break clients and were not declared. */
const undeclared = (before: GraphQLSchema, now: GraphQLSchema, known: readonly Declared[]): string[] =>
  findBreakingChanges(before, now)
    .map(({ description }) => description)
    .filter((description) => !known.some(({ change }) => change === description))

test('every breaking change since the last release stands in schema/api-changes.json', () => {
  expect(undeclared(read('released.graphql'), read('schema.graphql'), declared)).toEqual([])
})

test('declared changes have a date and a reason', () => {
  for (const { date, why } of declared as readonly Declared[]) {
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(why.length).toBeGreaterThan(10)
  }
})

test('a field that is taken away is found, and is right once it is declared', () => {
  const before = buildSchema('type Query { kept: Int gone: Int }')
  const now = buildSchema('type Query { kept: Int }')
  expect(undeclared(before, now, [])).toEqual(['Query.gone was removed.'])
  const declaration = { date: '2026-11-27', change: 'Query.gone was removed.', why: 'Nobody asked for it.' }
  expect(undeclared(before, now, [declaration])).toEqual([])
})
