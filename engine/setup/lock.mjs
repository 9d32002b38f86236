// One command at a time: a lock file that a killed process cannot leave behind for good.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Longer than any step takes: an older lock belongs to a process that is gone, whoever has its number now. */
const STALE_MS = 30 * 60 * 1000

function isHeld(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE_MS) return false
    process.kill(Number(readFileSync(path, 'utf8')) || process.pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Waits for the lock, does the work, gives the lock back. `whenWaiting` is told once that somebody else has it. */
export async function withLock(path, work, whenWaiting = () => {}) {
  mkdirSync(dirname(path), { recursive: true })
  let told = false
  for (;;) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, String(process.pid))
      closeSync(file)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!isHeld(path)) rmSync(path, { force: true })
    else {
      if (!told) whenWaiting()
      told = true
      await sleep(200)
    }
  }
  const giveBack = () => rmSync(path, { force: true })
  process.on('exit', giveBack)
  try {
    return await work()
  } finally {
    process.off('exit', giveBack)
    giveBack()
  }
}
