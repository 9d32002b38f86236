// Where the time of a captured step goes: TensorFlow's log of when each node began and ended, added up by kernel and phase.

/** Makes TensorFlow log every node on standard error, and run one after the other, so that times add up. */
export const LOG_EVERY_NODE = {
  TF_CPP_MIN_LOG_LEVEL: '0',
  TF_CPP_VMODULE: 'executor=2',
  TF_NUM_INTEROP_THREADS: '1',
} as const

/** What the graph knows of a node of the log. */
export interface NodeFacts {
  readonly phase: string
  /** Of its inputs and outputs together: what it reads and writes at least. */
  readonly bytes: number
}
/** By the name of the node. */
export type GraphFacts = Readonly<Record<string, NodeFacts>>

/** One kernel in one phase of a step. */
export interface KernelShare {
  readonly kernel: string
  readonly phase: string
  readonly calls: number
  readonly ms: number
  readonly megabytes: number
}

/** Of a node as the captured graph has it: enough to say what moves through it. */
interface Node extends Pick<NodeFacts, 'phase'> {
  readonly name: string
  readonly inputs: readonly string[]
  readonly outputs: readonly { readonly shape: readonly number[] }[]
}

/** All numbers of a step are taken for 4 bytes each. */
export function factsOf(nodes: readonly Node[]): GraphFacts {
  const sizes = new Map<string, number>()
  const size = (shape: readonly number[]) => 4 * shape.reduce((product, side) => product * side, 1)
  for (const { name, outputs } of nodes)
    outputs.forEach(({ shape }, i) => sizes.set(i === 0 ? name : `${name}:${i}`, size(shape)))
  const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)
  return Object.fromEntries(
    nodes.map(({ name, phase, inputs, outputs }) => {
      const read = total(inputs.map((input) => sizes.get(input) ?? 0))
      return [name, { phase, bytes: read + total(outputs.map(({ shape }) => size(shape))) }]
    }),
  )
}

const EVENT =
  /:(\d+\.\d+) +\d+ executor\.cc:\d+\] (Process node|\w+ kernel done): (\d+) step (-?\d+) \{\{node (\S+)\}\} = (\w+)/

/** `ArithmeticOptimizer/AddOpsRewrite_node_12` was made of our node_12 and others. */
const OURS = /node_\d+$/

/** Hears the lines of the log. */
export class StepProfile {
  readonly #begun = new Map<string, number>()
  readonly #nodes = new Map<string, { kernel: string; ms: number[] }>()

  /** Whether the line was about a node. */
  hear(line: string): boolean {
    const [, seconds, event, id, step, name, kernel] = EVENT.exec(line) ?? []
    if (seconds === undefined) return false
    const run = `${step} ${id}`
    const at = 1000 * Number(seconds)
    if (event === 'Process node') this.#begun.set(run, at)
    else {
      const node = this.#nodes.get(name!) ?? { kernel: kernel!, ms: [] }
      this.#nodes.set(name!, node)
      node.ms.push(at - (this.#begun.get(run) ?? at))
      this.#begun.delete(run)
    }
    return true
  }

  /**
   * By kernel and phase, longest first; of each node the median over all runs but the first `unmeasured`. A node that TensorFlow
   * put in itself has no phase and moves no bytes that we know of; one that it made of several has the facts of the one it is named after.
   */
  shares(facts: GraphFacts, unmeasured: number): KernelShare[] {
    const shares = new Map<string, KernelShare>()
    for (const [name, { kernel, ms }] of this.#nodes) {
      const measured = ms.slice(unmeasured).sort((a, b) => a - b)
      if (measured.length === 0) continue
      const { phase, bytes } = facts[OURS.exec(name)?.[0] ?? name] ?? { phase: 'TensorFlow', bytes: 0 }
      const key = `${kernel} ${phase}`
      const sum = shares.get(key) ?? { kernel, phase, calls: 0, ms: 0, megabytes: 0 }
      shares.set(key, {
        ...sum,
        calls: sum.calls + 1,
        ms: sum.ms + measured[Math.floor(measured.length / 2)]!,
        megabytes: sum.megabytes + bytes / 1e6,
      })
    }
    return [...shares.values()].sort((a, b) => b.ms - a.ms)
  }
}

/** As lines to read, the longest `most` of them. */
export function tableOf(shares: readonly KernelShare[], most = 30): string[] {
  const row = (kernel: string, phase: string, ...numbers: (string | number)[]) =>
    kernel.padEnd(46) + phase.padEnd(12) + numbers.map((number) => String(number).padStart(9)).join('')
  return [
    row('kernel', 'phase', 'calls', 'ms', 'MB'),
    ...shares
      .slice(0, most)
      .map(({ kernel, phase, calls, ms, megabytes }) => row(kernel, phase, calls, ms.toFixed(1), megabytes.toFixed(0))),
  ]
}
