// What this machine offers: programs on the PATH, a GPU, memory, room on the disk.
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/** The full path of the first of these programs that is on the PATH, or null. */
export function findProgram(names, env = process.env) {
  for (const name of [names].flat())
    for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
      const path = join(folder, name)
      try {
        accessSync(path, constants.X_OK)
        if (statSync(path).isFile()) return path
      } catch {
        // Not here: look in the next folder.
      }
    }
  return null
}

export const findPython = (env) => findProgram(['python3', 'python'], env)
export const findCompiler = (env) => findProgram(['g++', 'c++', 'clang++'], env)

/** Whether an NVIDIA driver runs here. */
export const hasNvidiaGpu = (env) =>
  existsSync('/proc/driver/nvidia/version') || findProgram('nvidia-smi', env) !== null

/** Free bytes on the disk that holds `folder` or, where it does not exist yet, the nearest folder above it. */
export function freeBytes(folder) {
  let there = folder
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  const { bavail, bsize } = statfsSync(there)
  return bavail * bsize
}
