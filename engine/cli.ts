// The terminal: reads a command line, runs its verb, and turns what goes wrong into a sentence and an exit code.
import { EngineError } from './errors.js'
import { jsonLine } from './cli-json.js'
import { unknownName, UsageError } from './cli-usage-error.js'

/** Loaded when asked for: `count` answers in a moment because no tensor library comes along. */
const VERBS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  search: async (args) => (await import('./cli-search.js')).search(args),
  train: async (args) => (await import('./cli-train.js')).trainCommand(args),
  predict: async (args) => (await import('./cli-predict.js')).predict(args),
  export: async (args) => (await import('./cli-export.js')).exportCommand(args),
  cluster: async (args) => (await import('./cli-cluster.js')).cluster(args),
  confusion: async (args) => (await import('./cli-confusion.js')).confusion(args),
  data: async (args) => (await import('./cli-data.js')).data(args),
  count: async (args) => (await import('./cli-count.js')).count(args),
}

/**
 * Runs one command line, without the program's name: `['count', '--supernet', ...]`.
 * @returns the exit code: 0 done, 1 the experiment failed, 2 the words were not understood, 130 stopped by Ctrl-C
 */
export async function main([verb = '', ...args]: readonly string[]): Promise<number> {
  try {
    if (!Object.hasOwn(VERBS, verb)) throw unknownName('command', verb, Object.keys(VERBS))
    return await VERBS[verb]!(args)
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`)
      return 2
    }
    if (!(error instanceof EngineError)) throw error
    process.stderr.write(`${error.message}\n${error.hint}\n`)
    if (args.includes('--json')) process.stderr.write(jsonLine({ error: error.failure }))
    return 1
  }
}
