// The dashboard's own operations, by the hash of their text (Apollo's persisted queries on the wire): the page sends hashes, and where
// it is configured so, sessions can ask nothing else.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GraphQLError } from 'graphql'
import { badRequest } from './refusal.js'

/** Text by its SHA-256. */
export type Operations = ReadonlyMap<string, string>

/** As the dashboard's build wrote them down; none where it is not built. A text that is not what its hash says is left out. */
export function readOperations(siteFolder: string): Operations {
  const file = join(siteFolder, 'operations.json')
  if (!existsSync(file)) return new Map()
  const known = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
  return new Map(known.filter(([hash, text]) => createHash('sha256').update(text).digest('hex') === hash))
}

interface Named {
  readonly persistedQuery?: { readonly sha256Hash?: unknown }
}

/**
 * The text that is asked for: as it came, or the one that is known under its hash.
 * @throws PERSISTED_QUERY_NOT_FOUND: a client sends the text then; BAD_REQUEST where neither came
 */
export function textOf(
  { query, extensions }: { readonly query?: unknown; readonly extensions?: unknown },
  operations: Operations,
): { readonly text: string; readonly isPersisted: boolean } {
  const hash = (extensions as Named | null | undefined)?.persistedQuery?.sha256Hash
  const known = typeof hash === 'string' ? operations.get(hash) : undefined
  // Sockets must have a text: an empty one stands for none where a hash came, and is refused by the parser where none did.
  const isText = typeof query === 'string' && (query !== '' || typeof hash !== 'string')
  if (isText) return { text: query, isPersisted: known === query }
  if (known !== undefined) return { text: known, isPersisted: true }
  if (typeof hash === 'string')
    throw new GraphQLError('PersistedQueryNotFound', { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } })
  throw badRequest('form', 'Expected {"query": "...", "variables": {...}}, but received something else.')
}
