// The store, whichever database it is: an SQLite file, or PostgreSQL where CELLBOARD_DATABASE names one. All statements outside of
// this room are such as both understand.
import type { Knex } from '@mikro-orm/knex'
import { helper } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/libsql'
import { openSqlite, type Store } from './sqlite.js'

export type { EntityManager, Store }

/** Opens the store and brings it to the newest form. @throws StartError where the database cannot be used */
export async function openStore(folder: string, database: URL | null = null): Promise<Store> {
  if (!database) return openSqlite(folder)
  // Only here: who has a file does not wait for a driver that is not needed.
  const { openPostgres } = await import('./postgres.js')
  return openPostgres(database)
}

export const isSqlite = (em: EntityManager): boolean =>
  (em.getKnex().client as Knex.Client & { dialect: string }).dialect === 'sqlite3'

/** Closes the store; an SQLite file then holds everything, so that a copy of it is a whole backup. */
export async function closeStore(store: Store): Promise<void> {
  if (isSqlite(store.em)) await rows(store.em.fork(), 'pragma wal_checkpoint(truncate)')
  await store.close()
}

// MikroORM writes values into the text of a statement, where NaN and infinities are no SQL and bytes become hexadecimal; these bind them.
const bound = (em: EntityManager, sql: string, values: readonly Knex.RawBinding[]) =>
  (em.getTransactionContext<Knex.Transaction>() ?? em.getKnex()).raw<unknown>(
    // As SQLite has it, capital letters are like small ones.
    isSqlite(em) ? sql : sql.replaceAll(' like ?', ' ilike ?'),
    values,
  )

/**
 * Rows of a statement with `?` places, within the transaction of `em` where there is one. On either database times are milliseconds,
 * JSON is text and blobs are ArrayBuffers.
 */
export async function rows<T extends object>(
  em: EntityManager,
  sql: string,
  values: readonly Knex.RawBinding[] = [],
): Promise<T[]> {
  const found: unknown = await bound(em, sql, values)
  return (Array.isArray(found) ? found : (found as { rows: unknown }).rows) as T[]
}

/** Inserts rows given as lists of values in the order of `columns`. */
export async function insertRows(
  em: EntityManager,
  table: string,
  columns: readonly string[],
  values: readonly (readonly Knex.RawBinding[])[],
): Promise<void> {
  const row = `(${columns.map(() => '?').join(', ')})`
  const names = columns.map((column) => `"${column}"`).join(', ')
  for (let from = 0; from < values.length; from += ROWS_AT_ONCE) {
    const some = values.slice(from, from + ROWS_AT_ONCE)
    await bound(em, `insert into ${table} (${names}) values ${some.map(() => row).join(', ')}`, some.flat())
  }
}

/** SQLite takes at most 32,766 places in one statement. */
const ROWS_AT_ONCE = 500

/** A query as a part of a statement for `rows`, with `?` places on either database. */
export function queryOf(builder: { getKnexQuery(): Knex.QueryBuilder }): { sql: string; values: Knex.RawBinding[] } {
  const { sql, bindings } = builder.getKnexQuery().toSQL()
  return { sql, values: bindings as Knex.RawBinding[] }
}

/** The entity's name of a row of the store; null for any other value. */
export function entityOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('__helper' in value)) return null
  return helper(value).__meta.className
}
