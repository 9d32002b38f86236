// `start`: prepares, then runs the server as a direct child and passes signals on, so that it can stop cleanly.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { prepare } from './prepare.mjs'
import { ROOT } from './paths.mjs'

/** Runs a program in the foreground; answers its exit code. Signals go on to it, and it decides when to end. */
export function inForeground(script, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' })
    const passOn = {
      // On a terminal Ctrl-C reaches every process of the group by itself; a second copy would mean "at once".
      SIGINT: () => process.stdin.isTTY || child.kill('SIGINT'),
      SIGTERM: () => child.kill('SIGTERM'),
      SIGHUP: () => child.kill('SIGHUP'),
    }
    for (const [signal, pass] of Object.entries(passOn)) process.on(signal, pass)
    child.on('close', (code, signal) => {
      for (const [name, pass] of Object.entries(passOn)) process.off(name, pass)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143))
    })
  })
}

export async function start(args) {
  await prepare(['packages', 'tensorflow', 'server', 'web'])
  return inForeground(join(ROOT, 'server', 'dist', 'main.js'), args)
}
