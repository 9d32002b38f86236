// The store: its form, its connections, its lock.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { queueRun } from '../runs/state.js'
import { RunTable } from '../runs/run.table.js'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { openForTest } from './open-for-test.js'
import { rows } from './orm.js'
import { takeLock } from './process-lock.js'

const isOnPostgres = Boolean(inject('postgres'))

test('the migrations make exactly what the tables say', async () => {
  const store = await openForTest()
  expect(await store.schema.getUpdateSchemaSQL({ wrap: false })).toBe('')
})

test.skipIf(isOnPostgres)('every connection writes ahead and waits for a busy store', async () => {
  const { em } = await openForTest()
  const pragma = async (name: string) =>
    Object.values((await rows<Record<string, unknown>>(em.fork(), `pragma ${name}`))[0]!)[0]
  expect(await pragma('journal_mode')).toBe('wal')
  expect(await pragma('busy_timeout')).toBe(5000)
  expect(await pragma('synchronous')).toBe(1)
})

test('names of any letters come back as they were given', async () => {
  const { em } = await openForTest()
  const settings = resolveSettings(searchSettingsSchema.parse({ dataset: 'digits' }))
  for (const name of [
    `it's "quoted"`,
    'a\\',
    '? ?? :x $1',
    'Zürich 東京 🧪',
    'line\nbreak',
    `'); drop table run; --`,
  ]) {
    const { id } = await queueRun(em.fork(), { kind: 'search', name, projectId: 1, settings })
    expect((await em.fork().findOneOrFail(RunTable, id)).name).toBe(name)
  }
})

test('a lock is taken by one, and free again once let go', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cellboard-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'lock')
  const release = takeLock(file)
  expect(takeLock(file)).toBeNull()
  release!()
  takeLock(file)!()
})
