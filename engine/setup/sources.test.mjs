// What counts as current: a build whose sources did not change, packages that are those of the lock file.
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder, writeFiles } from './setup-fixtures.mjs'
import { fingerprint, packagesAreCurrent, readStamp, writeStamp } from './sources.mjs'

test('a changed, new or touched source changes the fingerprint; what was built from it does not', () => {
  const root = writeFiles(tempFolder(), { 'engine/a.ts': 'a', 'engine/deep/b.ts': 'b' })
  const seen = [fingerprint(['engine'], root)]
  const changed = (change) => {
    change()
    seen.push(fingerprint(['engine'], root))
    return seen.at(-1) !== seen.at(-2)
  }
  expect(changed(() => writeFiles(root, { 'engine/dist/a.js': 'a', 'engine/node_modules/x/y.js': '' }))).toBe(false)
  expect(changed(() => writeFileSync(join(root, 'engine/deep/b.ts'), 'longer'))).toBe(true)
  expect(changed(() => writeFiles(root, { 'engine/c.ts': '' }))).toBe(true)
  expect(changed(() => utimesSync(join(root, 'engine/a.ts'), 1, 1))).toBe(true)
})

test('a stamp comes back as it was written; none is null', () => {
  const state = tempFolder()
  expect(readStamp('web', state)).toBeNull()
  writeStamp('web', { sources: 'abc' }, state)
  expect(readStamp('web', state)).toEqual({ sources: 'abc' })
})

const lock = (packages) => JSON.stringify({ packages: { '': {}, ...packages } })
const clone = (wanted, installed) =>
  writeFiles(tempFolder(), {
    'package-lock.json': lock(wanted),
    ...(installed && { 'node_modules/.package-lock.json': lock(installed) }),
  })

test('packages are current where each one wanted is there in its version', () => {
  const zod = { 'node_modules/zod': { version: '4.6.7' } }
  expect(packagesAreCurrent(clone(zod, null))).toBe(false)
  expect(packagesAreCurrent(clone(zod, {}))).toBe(false)
  expect(packagesAreCurrent(clone(zod, { 'node_modules/zod': { version: '4.6.6' } }))).toBe(false)
  expect(packagesAreCurrent(clone(zod, zod))).toBe(true)
})

test("another machine's optional package may be absent", () => {
  expect(packagesAreCurrent(clone({ 'node_modules/for-mac': { version: '1.0.0', optional: true } }, {}))).toBe(true)
})
