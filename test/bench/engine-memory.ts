// How much memory the steps of engine-step take at most, beside PyTorch's: building the graph counts too.
import { engineStep } from './engine-step.js'

/** No hungrier than PyTorch. */
const TARGET = 1

/** Takes engine-step's flags and makes the same runs; `--alone` would leave nothing to compare with. */
export async function engineMemory(args: readonly string[], tell: (what: string) => void) {
  if (args.includes('--alone')) throw new Error('Expected flags of a comparison, but received --alone. Leave it out.')
  const measured = await engineStep(args, tell)
  if (measured.memory === undefined)
    throw new Error('Expected a comparison with PyTorch, but only this engine was measured.')
  return {
    name: 'engine-memory',
    figure: measured.memory,
    unit: "of PyTorch's largest resident memory",
    target: TARGET,
    holds: measured.memory <= TARGET,
    rounds: measured.rounds,
    conditions: measured.conditions,
  }
}
