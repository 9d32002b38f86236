// One at a time, and nobody waits for the dead.
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withLock } from './lock.mjs'
import { tempFolder } from './setup-fixtures.mjs'

test('the second waits until the first is done, and is told so', async () => {
  const path = join(tempFolder(), 'lock')
  const told = []
  let letGo
  const first = withLock(path, () => new Promise((resolve) => (letGo = resolve)).then(() => told.push('first')))
  const second = withLock(
    path,
    () => told.push('second'),
    () => (told.push('waiting'), letGo()),
  )
  await Promise.all([first, second])
  expect(told).toEqual(['waiting', 'first', 'second'])
  expect(existsSync(path)).toBe(false)
})

test("a dead process's lock is taken over", async () => {
  const path = join(tempFolder(), 'lock')
  writeFileSync(path, String(spawnSync(process.execPath, ['-e', '']).pid))
  expect(await withLock(path, () => 'done')).toBe('done')
})

test('work that fails gives the lock back', async () => {
  const path = join(tempFolder(), 'lock')
  await expect(withLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(existsSync(path)).toBe(false)
})
