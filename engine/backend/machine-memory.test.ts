// What a machine tells of its memory, by files as kernels write them, and by this machine's own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { totalmem, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { outOfMemoryKills } from './control-groups.js'
import { memoryLeft } from './machine-memory.js'

const GIB = 2 ** 30
const roots: string[] = []
afterEach(() => roots.splice(0).forEach((root) => rmSync(root, { recursive: true })))

function machine(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'machine-'))
  roots.push(root)
  for (const [path, text] of Object.entries({ 'proc/meminfo': meminfo(8), ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}
const meminfo = (gib: number) => `MemTotal:       99999999 kB\nMemAvailable:   ${gib * 2 ** 20} kB\nCached: 5 kB\n`

describe('memoryLeft', () => {
  test('is what the machine has available', () => {
    expect(memoryLeft(machine({}))).toEqual({ bytes: 8 * GIB, giver: 'this machine' })
  })

  test('is what a control group allows, files in its cache not counted, whichever group around it is tightest', () => {
    const root = machine({
      'proc/self/cgroup': '0::/jobs/run\n',
      'sys/fs/cgroup/jobs/memory.max': `${2 * GIB}\n`,
      'sys/fs/cgroup/jobs/memory.current': `${1.5 * GIB}\n`,
      'sys/fs/cgroup/jobs/memory.stat': `anon ${GIB}\ninactive_file ${0.25 * GIB}\nactive_file ${0.25 * GIB}\n`,
      'sys/fs/cgroup/jobs/run/memory.max': 'max\n',
      'sys/fs/cgroup/jobs/run/memory.current': `${GIB}\n`,
    })
    expect(memoryLeft(root)).toEqual({ bytes: GIB, giver: 'its control group' })
  })

  test('reads the first version of control groups too, from inside a container', () => {
    const root = machine({
      'proc/self/cgroup': '9:pids:/docker/1\n4:memory:/docker/1\n0::/\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': `${2 * GIB}\n`,
      'sys/fs/cgroup/memory/memory.usage_in_bytes': `${2.5 * GIB}\n`,
      'sys/fs/cgroup/memory/memory.stat': `total_inactive_file ${GIB}\n`,
    })
    expect(memoryLeft(root)).toEqual({ bytes: 0.5 * GIB, giver: 'its control group' })
  })

  test('takes a limit beyond any memory for none', () => {
    const root = machine({
      'proc/self/cgroup': '4:memory:/\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
    })
    expect(memoryLeft(root).giver).toBe('this machine')
  })

  test('is what ulimit -v leaves of the address space', () => {
    const root = machine({
      'proc/self/limits':
        'Limit   Soft Limit   Hard Limit   Units\nMax address space         4294967296   unlimited   bytes\n',
      'proc/self/status': 'Name: node\nVmSize:\t 1048576 kB\n',
    })
    expect(memoryLeft(root)).toEqual({ bytes: 3 * GIB, giver: 'the limit of this process' })
  })

  test('of this machine is a part of its whole', () => {
    const { bytes } = memoryLeft()
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(totalmem())
  })
})

describe('outOfMemoryKills', () => {
  const vmstat = 'nr_free_pages 1\noom_kill 7\n'
  test('counts those of the innermost control group that tells', () => {
    const root = machine({
      'proc/vmstat': vmstat,
      'proc/self/cgroup': '0::/jobs/run\n',
      'sys/fs/cgroup/jobs/memory.events': 'oom 9\noom_kill 9\n',
      'sys/fs/cgroup/jobs/run/memory.events': 'low 0\noom 3\noom_kill 2\noom_group_kill 0\n',
    })
    expect(outOfMemoryKills(root)).toBe(2)
  })
  test('counts those of the whole machine elsewhere, and none where nothing tells', () => {
    expect(outOfMemoryKills(machine({ 'proc/vmstat': vmstat }))).toBe(7)
    expect(outOfMemoryKills(machine({}))).toBe(0)
  })
})
