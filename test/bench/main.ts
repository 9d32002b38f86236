// Runs one benchmark by name; its figure is one line of JSON, the last on standard output. Figures never gate the tests.
import { nearestNames } from '@cellboard/schema/nearest'
import type { Benchmark } from './figure.js'

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  'engine-step': async (args, tell) => (await import('./engine-step.js')).engineStep(args, tell),
  'engine-memory': async (args, tell) => (await import('./engine-memory.js')).engineMemory(args, tell),
  backends: async (args, tell) => (await import('./backends.js')).backends(args, tell),
  input: async (args, tell) => (await import('./input.js')).input(args, tell),
  ablation: async (args, tell) => (await import('./ablation.js')).ablation(args, tell),
  spaces: async (args, tell) => (await import('./spaces.js')).spaces(args, tell),
  trainings: async (args, tell) => (await import('./trainings.js')).trainings(args, tell),
  truth: async (args, tell) => (await import('./truth.js')).truth(args, tell),
  'runs-table': async (args, tell) => (await import('./runs-table.js')).runsTable(args, tell),
  leaderboard: async (args, tell) => (await import('./leaderboard.js')).leaderboard(args, tell),
  hostile: async (args, tell) => (await import('./hostile.js')).hostile(args, tell),
  'foreign-timing': async (args, tell) => (await import('./foreign-timing.js')).foreignTiming(args, tell),
  fuzz: async (args, tell) => (await import('./fuzz.js')).fuzz(args, tell),
  startup: async (args, tell) => (await import('./startup.js')).startup(args, tell),
}

const tell = (what: string) => void process.stderr.write(`${what}\n`)

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const known = Object.keys(BENCHMARKS)
  if (!Object.hasOwn(BENCHMARKS, name)) {
    const nearest = name === '' ? known : nearestNames(name, known)
    process.stderr.write(
      `${name === '' ? 'Expected the name of a benchmark.' : `There is no benchmark ${name}.`} Did you mean ${nearest.join(' or ')}? Known: ${known.join(', ')}.\n`,
    )
    return 2
  }
  try {
    process.stdout.write(`${JSON.stringify(await BENCHMARKS[name]!(args, tell))}\n`)
  } catch (error) {
    // What a benchmark lacks (a flag, PyTorch, a browser) is told in its sentence; where it broke helps nobody here.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
  return 0
}

process.exitCode = await main(process.argv.slice(2))
