// A store of its own in a temporary folder, for unit tests; removed when the test ends.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore, type Store } from './orm.js'

export async function openForTest(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'cellboard-store-'))
  const store = await openStore(folder)
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  return store
}
