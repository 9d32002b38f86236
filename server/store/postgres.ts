// The store on PostgreSQL, made to speak as the SQLite file does: the same statements, the same values back, the same order of texts.
import { IntegerType, Type, type EntityProperty } from '@mikro-orm/core'
import { AbstractSqlDriver, type Configuration } from '@mikro-orm/knex'
import { MikroORM, PostgreSqlConnection, PostgreSqlPlatform } from '@mikro-orm/postgresql'
import type pg from 'pg'
import { bringToForm } from './postgres-form.js'
import type { Store } from './sqlite.js'
import { TABLES } from './tables.js'

/** PostgreSQL's numbers of the types that are read otherwise than pg does. */
const [BYTES, EIGHT_BYTE_INTEGER, JSON_TEXT, NUMERIC] = [17, 20, 114, 1700]

/** Whole numbers have eight bytes as SQLite's do, times are milliseconds since 1970, texts have no length, JSON stays as it was written. */
class Platform extends PostgreSqlPlatform {
  override getIntegerTypeDeclarationSQL({ autoincrement }: { autoincrement?: boolean }): string {
    return autoincrement ? 'bigserial' : 'bigint'
  }

  /** That a column has eight bytes does not make its values JavaScript's bigints. */
  override getMappedType(type: string): Type<unknown> {
    return ['bigint', 'int8', 'bigserial'].includes(this.extractSimpleType(type))
      ? Type.getType(IntegerType)
      : super.getMappedType(type)
  }

  override isNumericProperty(prop: EntityProperty, ignoreCustomType?: boolean): boolean {
    return prop.runtimeType !== 'Date' && super.isNumericProperty(prop, ignoreCustomType)
  }

  override getDateTimeTypeDeclarationSQL(): string {
    return 'bigint'
  }

  override getVarcharTypeDeclarationSQL(): string {
    return 'text'
  }

  override getJsonDeclarationSQL(): string {
    return 'json'
  }

  override convertsJsonAutomatically(): boolean {
    return false
  }

  override processDateProperty(value: unknown): string | number | Date {
    return value instanceof Date ? +value : super.processDateProperty(value)
  }

  override escape(value: unknown): string {
    return value instanceof Date ? `${+value}` : super.escape(value)
  }

  override quoteValue(value: unknown): string {
    return value instanceof Date ? `${+value}` : super.quoteValue(value)
  }
}

class Connection extends PostgreSqlConnection {
  override getConnectionOptions() {
    const own = super.getConnectionOptions()
    const types = own.types as pg.TypeOverrides
    types.setTypeParser(EIGHT_BYTE_INTEGER, Number)
    types.setTypeParser(NUMERIC, Number)
    types.setTypeParser(JSON_TEXT, (text: string) => text)
    types.setTypeParser(BYTES, (text: string) => Uint8Array.from(Buffer.from(text.slice(2), 'hex')).buffer)
    // The address whole: MikroORM would leave out what it does not know, as sslmode.
    return { ...own, connectionString: this.config.get('clientUrl') }
  }
}

class Driver extends AbstractSqlDriver {
  constructor(config: Configuration) {
    super(config, new Platform(), Connection, ['knex', 'pg'])
  }
}

/** For opening the store. One connection, as to a file: what a transaction has read stays true while it writes. */
const storeConfig = (database: URL) => ({
  driver: Driver as unknown as typeof import('@mikro-orm/postgresql').PostgreSqlDriver,
  clientUrl: database.href,
  dbName: decodeURIComponent(database.pathname.slice(1)),
  entities: TABLES,
  discovery: { disableDynamicFileAccess: true },
  schemaGenerator: { disableForeignKeys: false },
  forceUtcTimezone: true,
  pool: { min: 0, max: 1 },
})

/** @throws StartError where the database has another form */
export async function openPostgres(database: URL): Promise<Store> {
  // Both know the same: what of MikroORM's drivers differs is in this file.
  const store = (await MikroORM.init(storeConfig(database))) as unknown as Store
  try {
    await bringToForm(store, database)
  } catch (error) {
    await store.close()
    throw error
  }
  return store
}
