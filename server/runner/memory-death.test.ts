// Deaths of real processes, and what a kernel counts of them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { MemoryWatch } from './memory-death.js'

/** How a process ended: its signal, and what it said last. */
async function endOf(code: string, ...flags: string[]): Promise<[NodeJS.Signals | null, string]> {
  const child = spawn(process.execPath, [...flags, '-e', code], { stdio: ['ignore', 'ignore', 'pipe'] })
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => (words += part))
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return [signal, words]
}
const killItself = "process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 10_000)"

test('a process that runs out of heap says so', async () => {
  const [signal, words] = await endOf(
    'const all = []; for (;;) all.push(new Array(1e5).fill(all.length))',
    '--max-old-space-size=40',
  )
  expect(signal).toBe('SIGABRT')
  expect(new MemoryWatch(() => 0).wasIt(signal, words)).toBe(true)
})

test('a process that aborts for another reason does not', async () => {
  const [signal, words] = await endOf('process.abort()')
  expect(signal).toBe('SIGABRT')
  expect(new MemoryWatch(() => 0).wasIt(signal, words)).toBe(false)
})

test('a killed process died of memory only where the kernel counts one more, and one kill explains one death', async () => {
  let kills = 4
  const [one, other] = [new MemoryWatch(() => kills), new MemoryWatch(() => kills)]
  const [signal, words] = await endOf(killItself)
  expect(signal).toBe('SIGKILL')
  expect(one.wasIt(signal, words)).toBe(false)
  kills++
  expect(one.wasIt(signal, words)).toBe(true)
  expect(other.wasIt(signal, words)).toBe(false)
  const later = new MemoryWatch(() => kills)
  expect(later.wasIt(signal, words)).toBe(false)
  kills++
  expect(later.wasIt(null, words)).toBe(false)
  expect(later.wasIt(signal, words)).toBe(true)
})
