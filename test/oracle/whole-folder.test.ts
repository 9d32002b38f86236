// What a run leaves is whole or not there: with the writer killed at any moment, and on a disk that is really full.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MODULE = new URL('../../engine/dist/export/whole-folder.js', import.meta.url).href
const FILES = 12

let place: string
beforeAll(() => (place = mkdtempSync(join(tmpdir(), 'whole-folder-'))))
afterAll(() => rmSync(place, { recursive: true }))

/** Writes one version after the other, and says when each is there. */
const WRITER = `
const { writeWholeFolder } = await import(${JSON.stringify(MODULE)})
for (let version = 0; ; version++) {
  const content = String(version).padStart(20000, '.')
  const names = ['card.json', ...Array.from({ length: ${FILES - 1} }, (_, i) => 'part-' + i)]
  await writeWholeFolder(process.argv[1], names.map((name) => ({ name, content })))
  console.log(version)
}`

test('a writer that is killed leaves a whole version, or both beside', async () => {
  const folder = join(place, 'killed')
  for (let kill = 1; kill <= 8; kill++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let written = 0
    child.stdout.on('data', () => ++written >= kill && child.kill('SIGKILL'))
    await once(child, 'close')
    // Between the two renames the last version stands beside; there it is whole.
    const there = existsSync(folder) ? folder : `${folder}.before`
    const contents = readdirSync(there).map((name) => readFileSync(join(there, name), 'utf8'))
    expect(contents).toHaveLength(FILES)
    expect(new Set(contents).size).toBe(1)
    expect(contents[0]).toHaveLength(20_000)
  }
})

/** A small file system of its own, for one command; an ordinary user may not make one everywhere. */
const mounted = (command: readonly string[]) =>
  spawnSync('unshare', ['-Urm', 'sh', '-c', 'mount -t tmpfs -o size=64k none "$0" && "$@"', place, ...command], {
    encoding: 'utf8',
  })
const cannotMount = (() => {
  try {
    execFileSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'none', tmpdir()], { stdio: 'ignore' })
    return ''
  } catch {
    return ' (skipped: this user may not mount a small disk)'
  }
})()

const FULL = `
import { readdirSync } from 'node:fs'
const { writeWholeFolder } = await import(${JSON.stringify(MODULE)})
const folder = process.argv[1] + '/out'
await writeWholeFolder(folder, [{ name: 'card.json', content: 'first' }])
const large = { name: 'weights.bin', content: new Uint8Array(100_000) }
const error = await writeWholeFolder(folder, [{ name: 'card.json', content: 'second' }, large]).catch((error) => error)
console.log(JSON.stringify({ code: error.code, out: readdirSync(folder), beside: readdirSync(process.argv[1]) }))`

test.skipIf(cannotMount)(`a full disk is told, and leaves what was there before${cannotMount}`, () => {
  mkdirSync(place, { recursive: true })
  const { stdout, stderr } = mounted([process.execPath, '--input-type=module', '-e', FULL, place])
  expect(JSON.parse(stdout), stderr).toEqual({ code: 'DISK_FULL', out: ['card.json'], beside: ['out'] })
})
