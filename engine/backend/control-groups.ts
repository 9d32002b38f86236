// The control groups around this process on Linux: what memory they allow, and how often the kernel ended one of theirs for it.
import { readFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'

/** Names of what a group's folder holds, in the two versions of control groups. */
interface GroupFiles {
  readonly most: string
  readonly now: string
  /** What of it the kernel drops before it refuses: the cache of files. */
  readonly cache: RegExp
  readonly kills: string
}
const TWO: GroupFiles = {
  most: 'memory.max',
  now: 'memory.current',
  cache: /^(?:in)?active_file (\d+)$/gm,
  kills: 'memory.events',
}
const ONE: GroupFiles = {
  most: 'memory.limit_in_bytes',
  now: 'memory.usage_in_bytes',
  cache: /^total_(?:in)?active_file (\d+)$/gm,
  kills: 'memory.oom_control',
}

/** Bytes that the tightest group still allows; Infinity where none has a limit. `root`: where /proc and /sys are, for tests. */
export function controlGroupsLeft(root = '/'): number {
  return Math.min(Infinity, ...groups(root).map(({ folder, files }) => groupLeft(folder, files)))
}

/**
 * How many processes the kernel has ended for want of memory: of this process' own group, or of the whole machine where that does
 * not count. It grows by one when it ends a child (Documentation/admin-guide/cgroup-v2.rst, memory.events; /proc/vmstat).
 */
export function outOfMemoryKills(root = '/'): number {
  const counted = groups(root).map(({ folder, files }) => numberOf(/^oom_kill (\d+)$/m, join(folder, files.kills)))
  return counted.find((kills) => kills !== undefined) ?? numberOf(/^oom_kill (\d+)$/m, join(root, 'proc/vmstat')) ?? 0
}

/** From the innermost out. A container may see its own group as the outermost. */
function groups(root: string): { folder: string; files: GroupFiles }[] {
  const lines = (read(join(root, 'proc/self/cgroup')) ?? '').split('\n')
  return lines.flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? []
    if (path === undefined) return []
    if (controllers === '') return outwards(path).map((at) => ({ folder: join(root, 'sys/fs/cgroup', at), files: TWO }))
    if (!controllers!.split(',').includes('memory')) return []
    return outwards(path).map((at) => ({ folder: join(root, 'sys/fs/cgroup/memory', at), files: ONE }))
  })
}

function outwards(path: string): string[] {
  return path === '/' ? ['/'] : [path, ...outwards(dirname(path))]
}

/** Infinity where there is no such group, or it has no limit ("max", or a number beyond any memory). */
function groupLeft(folder: string, { most, now, cache }: GroupFiles): number {
  const limit = Number(read(join(folder, most)) ?? Infinity)
  if (!(limit < totalmem())) return Infinity
  const cached = [...(read(join(folder, 'memory.stat')) ?? '').matchAll(cache)]
  const kept = Number(read(join(folder, now)) ?? 0) - cached.reduce((sum, [, bytes]) => sum + Number(bytes), 0)
  return Math.max(0, limit - Math.max(0, kept))
}

function numberOf(pattern: RegExp, path: string): number | undefined {
  const found = pattern.exec(read(path) ?? '')?.[1]
  return found === undefined ? undefined : Number(found)
}

export function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined // another system, or an older kernel
  }
}
