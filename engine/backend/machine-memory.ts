// How much more memory this process may take: what the machine has left, its control group allows and its own limit leaves.
import { freemem, totalmem } from 'node:os'
import { join } from 'node:path'
import { controlGroupsLeft, read } from './control-groups.js'

export interface MemoryLeft {
  /** Infinity where nothing limits it. */
  readonly bytes: number
  /** What allows no more. */
  readonly giver: 'this machine' | 'its control group' | 'the limit of this process' | 'WebAssembly'
}

/** The tightest of the three. `root`: where /proc and /sys are, for tests. */
export function memoryLeft(root = '/'): MemoryLeft {
  const all: MemoryLeft[] = [
    { bytes: machineLeft(root), giver: 'this machine' },
    { bytes: controlGroupsLeft(root), giver: 'its control group' },
    { bytes: addressSpaceLeft(root), giver: 'the limit of this process' },
  ]
  return all.reduce((least, one) => (one.bytes < least.bytes ? one : least))
}

/**
 * Linux tells what it could give without swapping. macOS has little free by design: it compresses and drops what others do not use,
 * so only its whole memory is a limit there.
 */
function machineLeft(root: string): number {
  const told = /^MemAvailable:\s+(\d+) kB$/m.exec(read(join(root, 'proc/meminfo')) ?? '')
  if (told) return Number(told[1]) * 1024
  return process.platform === 'darwin' ? totalmem() : freemem()
}

/** What `ulimit -v` leaves of the address space. */
function addressSpaceLeft(root: string): number {
  const limit = /^Max address space\s+(\d+)/m.exec(read(join(root, 'proc/self/limits')) ?? '')
  const taken = /^VmSize:\s+(\d+) kB$/m.exec(read(join(root, 'proc/self/status')) ?? '')
  return limit && taken ? Math.max(0, Number(limit[1]) - Number(taken[1]) * 1024) : Infinity
}
