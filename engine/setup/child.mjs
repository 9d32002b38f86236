// Runs another program quietly: its output is kept, and shown by the caller only where it failed.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const STOPS = ['SIGHUP', 'SIGINT', 'SIGTERM']
const numberOf = (signal) => 128 + constants.signals[signal]

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitSeconds?: number }} [options]
 * @returns {Promise<{ code: number, output: string, stdout: string, timedOut: boolean }>}
 *   `code` is 127 where the program is missing and 128 + n where signal n ended it; never rejects.
 */
export function run(command, args, { cwd, env = process.env, limitSeconds } = {}) {
  return new Promise((resolve) => {
    // A group of its own, so that a time limit and Ctrl-C end the program's children too.
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    let output = ''
    let stdout = ''
    let timedOut = false
    const end = () => {
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It ended by itself meanwhile.
      }
    }
    const stop = (signal) => {
      end()
      process.exit(numberOf(signal))
    }
    for (const signal of STOPS) process.on(signal, stop)
    const timer = limitSeconds && setTimeout(() => ((timedOut = true), end()), limitSeconds * 1000)
    const finish = (code) => {
      clearTimeout(timer)
      for (const signal of STOPS) process.off(signal, stop)
      resolve({ code, output: output.trim(), stdout: stdout.trim(), timedOut })
    }
    child.stdout.on('data', (chunk) => ((output += chunk), (stdout += chunk)))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => {
      output += error.message
      finish(error.code === 'ENOENT' ? 127 : 126)
    })
    child.on('close', (code, signal) => finish(code ?? numberOf(signal)))
  })
}

/** The last lines of a program's output, which is where it says what went wrong. */
export const lastLines = (output, count = 1) =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-count)
    .join('\n')
