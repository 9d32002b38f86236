// A store of its own for unit tests, removed when the test ends: a file in a temporary folder, or a database of the PostgreSQL that
// the tests run on.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { databaseForTest } from './database-for-test.js'
import { openStore, type Store } from './orm.js'

export async function openForTest(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'cellboard-store-'))
  const database = await databaseForTest()
  const store = await openStore(folder, database?.url)
  onTestFinished(async () => {
    await store.close()
    await database?.drop()
    rmSync(folder, { recursive: true })
  })
  return store
}
