// The wheel in the cache: checked by its hash, whole or not there at all. A shell script plays pip and the archive's reader.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { machineWith } from './setup-fixtures.mjs'
import { fetchWheel, unpackedWheel } from './wheel.mjs'

const CONTENT = 'a wheel'
const hash = (text) => createHash('sha256').update(text).digest('hex')
const wheel = (sha256 = hash(CONTENT)) => ({ name: 'tensorflow-cpu', version: '2.21.0', megabytes: 1, sha256 })

/** `-m pip download ... --dest FOLDER NAME` writes the file; `-c PROGRAM FILE TARGET ...` unpacks it. Each call leaves a mark. */
const python = `
echo "$2" >> "$HOME/calls"
if [ "$1" = -m ]; then
  while [ "$1" != --dest ]; do shift; done
  printf '${CONTENT}' > "$2/tensorflow_cpu.whl"
else
  /bin/mkdir -p "$4/tensorflow"
  echo library > "$4/tensorflow/libtensorflow_cc.so.2"
  echo library > "$4/tensorflow/libtensorflow_framework.so.2"
fi`

const calls = ({ HOME }) => (existsSync(join(HOME, 'calls')) ? readFileSync(join(HOME, 'calls'), 'utf8') : '')

test('is downloaded once, and found from then on', async () => {
  const env = machineWith({ python3: python })
  expect(unpackedWheel(wheel(), env).whole).toBe(false)
  const folder = await fetchWheel(wheel(), env)
  expect(readdirSync(folder)).toContain('libtensorflow_cc.so.2')
  const before = calls(env)
  expect(await fetchWheel(wheel(), env)).toBe(folder)
  expect(calls(env)).toBe(before)
})

test('with another hash it is thrown away, and both hashes are named', async () => {
  const env = machineWith({ python3: python })
  const other = wheel(hash('something else'))
  await expect(fetchWheel(other, env)).rejects.toThrow(
    `SHA-256 ${hash('something else')}, but received ${hash(CONTENT)}`,
  )
  expect(readdirSync(join(env.HOME, '.cache/cellboard/wheels'))).toEqual([])
})

test('a download that fails says what pip said', async () => {
  const env = machineWith({ python3: 'echo "ERROR: no index" >&2; exit 1' })
  await expect(fetchWheel(wheel(), env)).rejects.toThrow('ERROR: no index')
})

test('what a killed process left is swept away, and a library cut short is fetched again', async () => {
  const env = machineWith({ python3: python })
  const wheels = join(env.HOME, '.cache/cellboard/wheels')
  mkdirSync(join(wheels, 'part-dead'), { recursive: true })
  writeFileSync(join(wheels, 'part-dead', 'half.whl'), 'half')
  const folder = await fetchWheel(wheel(), env)
  expect(readdirSync(wheels)).toEqual(['tensorflow-cpu-2.21.0'])

  truncateSync(join(folder, 'libtensorflow_cc.so.2'), 2)
  expect(unpackedWheel(wheel(), env).whole).toBe(false)
  await fetchWheel(wheel(), env)
  expect(unpackedWheel(wheel(), env).whole).toBe(true)
})

test('two clones at the same time download once', async () => {
  const env = machineWith({ python3: python })
  await Promise.all([fetchWheel(wheel(), env), fetchWheel(wheel(), env)])
  expect(calls(env).match(/pip/g)).toHaveLength(1)
})
