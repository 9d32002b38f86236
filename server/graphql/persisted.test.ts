// What is asked for by a hash: only texts that are what their hash says, and in each case one answer.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GraphQLError } from 'graphql'
import { expect, onTestFinished, test } from 'vitest'
import { readOperations, textOf } from './persisted.js'

const TEXT = 'query Known { server { version } }'
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const naming = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } })

test('a text that is not what its hash says is left out, and so is all where nothing is built', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cellboard-operations-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  expect(readOperations(folder).size).toBe(0)
  const written = { [hashOf(TEXT)]: TEXT, [hashOf('another')]: 'mutation Swapped { signOut }' }
  writeFileSync(join(folder, 'operations.json'), JSON.stringify(written))
  expect([...readOperations(folder)]).toEqual([[hashOf(TEXT), TEXT]])
})

test('a hash stands for its text, a text for itself', () => {
  const operations = new Map([[hashOf(TEXT), TEXT]])
  const codeOf = (asked: Parameters<typeof textOf>[0]) => {
    try {
      return textOf(asked, operations)
    } catch (error) {
      return (error as GraphQLError).extensions.code
    }
  }
  const byHash = naming(hashOf(TEXT))
  expect(codeOf({ extensions: byHash })).toEqual({ text: TEXT, isPersisted: true })
  expect(codeOf({ query: '', extensions: byHash })).toEqual({ text: TEXT, isPersisted: true })
  expect(codeOf({ query: TEXT, extensions: byHash })).toEqual({ text: TEXT, isPersisted: true })
  expect(codeOf({ query: '{ other }', extensions: byHash })).toEqual({ text: '{ other }', isPersisted: false })
  expect(codeOf({ query: TEXT })).toEqual({ text: TEXT, isPersisted: false })
  // Empty and nothing else: no document, as the parser says.
  expect(codeOf({ query: '' })).toEqual({ text: '', isPersisted: false })
  for (const query of ['', null, undefined])
    expect(codeOf({ query, extensions: naming('f'.repeat(64)) })).toBe('PERSISTED_QUERY_NOT_FOUND')
  for (const extensions of [undefined, null, 'text', 5, {}, { persistedQuery: null }, naming(5), naming(null)])
    expect(codeOf({ extensions })).toBe('BAD_REQUEST')
})
