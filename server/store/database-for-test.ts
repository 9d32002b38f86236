// A database of its own for a test, where the tests run on PostgreSQL (test/kit/postgres.ts); null where they run on SQLite.
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the PostgreSQL that tests of the project "postgres" run on. */
    postgres?: string
  }
}

export interface DatabaseForTest {
  readonly url: URL
  readonly drop: () => Promise<void>
}

export async function databaseForTest(): Promise<DatabaseForTest | null> {
  const address = inject('postgres')
  if (!address) return null
  const name = `test_${randomBytes(8).toString('hex')}`
  const ask = async (sql: string) => {
    const { Client } = (await import('pg')).default
    const client = new Client(address)
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await ask(`create database ${name}`)
  return {
    url: Object.assign(new URL(address), { pathname: `/${name}` }),
    drop: () => ask(`drop database if exists ${name} with (force)`),
  }
}
