// The store as one SQLite file, through libsql: what there is where no database is named.
import { join } from 'node:path'
import { defineConfig, MikroORM } from '@mikro-orm/libsql'
import { Migrator } from '@mikro-orm/migrations'
import { MIGRATIONS } from './migrations/index.js'
import { TABLES } from './tables.js'

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
    entities: TABLES,
    extensions: [Migrator],
    migrations: { migrationsList: MIGRATIONS, snapshot: false, silent: true, disableForeignKeys: false },
    discovery: { disableDynamicFileAccess: true },
    forceUtcTimezone: true,
    driverOptions: { pool: { afterCreate: prepareConnection } },
  })

/** Opens `store.sqlite` in a folder, made where missing, and brings it to the newest form. */
export async function openSqlite(folder: string): Promise<Store> {
  const orm = await MikroORM.init(storeConfig(join(folder, 'store.sqlite')))
  await orm.migrator.up()
  return orm
}
