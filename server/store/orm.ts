// The one file that names a database: opens the store, an SQLite file through libsql, and brings it to the newest form.
import { join } from 'node:path'
import type { Knex } from '@mikro-orm/knex'
import { helper } from '@mikro-orm/core'
import { defineConfig, MikroORM, type EntityManager } from '@mikro-orm/libsql'
import { Migrator } from '@mikro-orm/migrations'
import { ArchitectureTable } from '../architectures/architecture.table.js'
import { AuditTable } from '../audit/audit.table.js'
import { BoardEntryTable, BoardRulesTable, BoardTable, BoardTeamTable, EntryRunTable } from '../boards/board.table.js'
import { StandingTable, StretchTable } from '../boards/standing.table.js'
import { EventTable } from '../events/event.table.js'
import { MetricChunkTable, MetricSummaryTable } from '../metrics/metric.table.js'
import { IdentityTable } from '../people/identity.table.js'
import { PasskeyTable } from '../people/passkey.table.js'
import { SessionTable, SignInLinkTable } from '../people/session.table.js'
import { TokenTable } from '../people/token.table.js'
import { UserTable } from '../people/user.table.js'
import { ProjectTable } from '../projects/project.table.js'
import { RunGroupTable } from '../runs/group.table.js'
import { RunSettingTable, RunTagTable } from '../runs/run-index.table.js'
import { RunTable } from '../runs/run.table.js'
import { PaceTable } from '../searches/pace.table.js'
import { ShareLinkTable } from '../sharing/share-link.table.js'
import { StudyGroupTable, StudyTable } from '../studies/study.table.js'
import { InvitationTable, MembershipTable, TeamTable } from '../teams/team.table.js'
import { MIGRATIONS } from './migrations/index.js'

export type { EntityManager }
export type Store = MikroORM

interface Connection {
  exec(sql: string): void
}

/**
 * Every connection, not only the first: MikroORM opens a new one when the last is older than ten seconds. Write-ahead log with
 * synchronous NORMAL: what was committed outlives a killed process; a power cut may cost the last moments, never the file.
 */
function prepareConnection(connection: Connection, done: (error: unknown, connection: Connection) => void): void {
  for (const pragma of ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = NORMAL', 'foreign_keys = on'])
    connection.exec(`pragma ${pragma}`)
  done(null, connection)
}

/** For opening the store, and for the script that writes migrations. */
export const storeConfig = (file: string) =>
  defineConfig({
    dbName: file,
    entities: [
      UserTable,
      SessionTable,
      SignInLinkTable,
      PasskeyTable,
      IdentityTable,
      TokenTable,
      TeamTable,
      MembershipTable,
      InvitationTable,
      ProjectTable,
      ShareLinkTable,
      AuditTable,
      RunTable,
      RunGroupTable,
      RunSettingTable,
      RunTagTable,
      ArchitectureTable,
      StudyTable,
      StudyGroupTable,
      BoardTable,
      BoardRulesTable,
      BoardTeamTable,
      BoardEntryTable,
      EntryRunTable,
      StandingTable,
      StretchTable,
      EventTable,
      MetricChunkTable,
      MetricSummaryTable,
      PaceTable,
    ],
    extensions: [Migrator],
    migrations: { migrationsList: MIGRATIONS, snapshot: false, silent: true, disableForeignKeys: false },
    discovery: { disableDynamicFileAccess: true },
    forceUtcTimezone: true,
    driverOptions: { pool: { afterCreate: prepareConnection } },
  })

/** Opens `store.sqlite` in a folder, made where missing. */
export async function openStore(folder: string): Promise<Store> {
  const orm = await MikroORM.init(storeConfig(join(folder, 'store.sqlite')))
  await orm.migrator.up()
  return orm
}

/** Closes the store with everything in its one file, so that a copy of that file is a whole backup. */
export async function closeStore(store: Store): Promise<void> {
  await rows(store.em.fork(), 'pragma wal_checkpoint(truncate)')
  await store.close()
}

// MikroORM writes values into the text of a statement, where NaN and infinities are no SQL and bytes become hexadecimal; these bind them.
const bound = (em: EntityManager, sql: string, values: readonly Knex.RawBinding[]) =>
  (em.getTransactionContext<Knex.Transaction>() ?? em.getKnex()).raw<unknown>(sql, values)

/** Rows of a statement with `?` places, within the transaction of `em` where there is one. Blobs come as ArrayBuffers. */
export const rows = async <T extends object>(em: EntityManager, sql: string, values: readonly Knex.RawBinding[] = []) =>
  (await bound(em, sql, values)) as T[]

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

/** The entity's name of a row of the store; null for any other value. */
export function entityOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('__helper' in value)) return null
  return helper(value).__meta.className
}
