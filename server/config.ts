// The one reader of the environment: where the store is, which address to serve, how many searches at a time.
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Config {
  /** Folder of the store and of the runs' checkpoints. */
  readonly home: string
  /** Folder of the data sets that do not ship with the engine. */
  readonly dataFolder: string
  /** Address to bind; loopback unless HOST says otherwise. */
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Searches computed at the same time. */
  readonly runners: number
  /** Whether an empty store gets a first search to look at. */
  readonly firstSearch: boolean
  /** Module that holds `search`; null takes the engine. Tests put an engine here that dies or diverges on demand. */
  readonly engineModule: string | null
  /** The built dashboard. */
  readonly siteFolder: string
  readonly logLevel: string
}

/** A start that cannot succeed as asked: its message is for the person at the terminal, without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

function wholeNumber(name: string, text: string | undefined, otherwise: number, least: number, most: number): number {
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new StartError(`Expected ${name} to be a whole number from ${least} to ${most}, but received "${text}".`)
}

// This file is compiled to server/dist/config.js and read as server/config.ts in tests; the site lies beside `server`.
const here = fileURLToPath(new URL('.', import.meta.url))
const serverFolder = here.replace(/dist\/$/, '')

/** @throws StartError where a variable has no possible value. */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  args: readonly string[] = process.argv.slice(2),
): Config {
  const root = resolve(homedir(), '.cellboard')
  return {
    home: resolve(env.CELLBOARD_HOME || root),
    dataFolder: resolve(env.CELLBOARD_DATA || resolve(root, 'data')),
    host: env.HOST || '127.0.0.1',
    port: wholeNumber('PORT', env.PORT, 4000, 0, 65535),
    runners: wholeNumber('CELLBOARD_RUNNERS', env.CELLBOARD_RUNNERS, 1, 0, 64),
    firstSearch: !args.includes('--empty'),
    engineModule: env.CELLBOARD_ENGINE || null,
    siteFolder: resolve(env.CELLBOARD_SITE || resolve(serverFolder, '../web/dist/site')),
    logLevel: env.CELLBOARD_LOG || 'warn',
  }
}
