// tf.function for TensorFlow.js: a pure function is recorded once and from then on run as one TensorFlow graph.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { nativeBackend } from './native-binding.js'
import { CaptureError, named } from './capture-error.js'
import { record } from './record.js'
import { encodeSavedModel, type GraphNode } from './saved-model.js'

export { CaptureError }

export interface Captured {
  /** Tensors of the captured shapes in, fresh tensors out (the caller disposes them). */
  run(inputs: readonly Tensor[]): Tensor[]
  /** Lets the graph go; `run` must not be called again. */
  dispose(): void
  /** Nodes of the graph, or 0 where the function runs eagerly because the backend knows no graphs. */
  readonly nodes: number
}

export type PureFunction = (inputs: Tensor[]) => Tensor[]

/**
 * Captures `fn`, a pure function of tensors, for inputs of the shapes and types of `example` (whose values do not matter).
 *
 * `fn` runs twice while its TensorFlow operations are written down, without computing anything. What changes between runs must be
 * an input: a JavaScript number or a branch taken is frozen into the graph. On a backend without graphs `run` calls `fn`
 * eagerly, with the same results.
 *
 * @param seen is shown the graph once, for who reckons with its operations
 * @throws {CaptureError} when `fn` reads a value that it computed, draws random numbers, or does two things when run twice.
 */
export function capture(
  fn: PureFunction,
  example: readonly Tensor[],
  seen?: (nodes: readonly GraphNode[]) => void,
): Captured {
  const backend = nativeBackend()
  const expected = example.map(({ shape, dtype }) => ({ shape: [...shape], dtype }))
  if (!backend) {
    const run = (inputs: readonly Tensor[]) => {
      refuseOthers(expected, inputs)
      return tf.tidy(() => fn([...inputs]))
    }
    return { run, dispose: () => undefined, nodes: 0 }
  }

  const { nodes, outputs: fetches } = record(backend, fn, example)
  seen?.(nodes)
  const model = load(nodes, (folder) => backend.binding.loadSavedModel(folder, 'serve'))
  const feeds = expected.map(({ dtype }, i) => ({ name: `input_${i}:0`, tfDtype: FEED_TYPES[dtype]! }))
  let disposed = false
  return {
    nodes: nodes.length,
    run(inputs) {
      if (disposed) throw new CaptureError('Expected a captured function in use, but it was disposed.')
      refuseOthers(expected, inputs)
      return backend.runSavedModel(model, [...inputs], feeds, [...fetches])
    },
    dispose() {
      if (!disposed) backend.binding.deleteSavedModel(model)
      disposed = true
    },
  }
}

const FEED_TYPES: Readonly<Record<string, string>> = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' }

type Described = Pick<Tensor, 'shape' | 'dtype'>

function refuseOthers(expected: readonly Described[], received: readonly Described[]): void {
  if (expected.length !== received.length)
    throw new CaptureError(`Expected ${expected.length} inputs, but received ${received.length}.`)
  const at = expected.findIndex((one, i) => named(one) !== named(received[i]!))
  if (at >= 0)
    throw new CaptureError(
      `Expected input ${at} as ${named(expected[at]!)}, but received ${named(received[at]!)}. A capture belongs to its shapes: capture again for others.`,
    )
}

/** TensorFlow reads a saved model from a folder only: one of ours lives just as long as the reading takes. */
function load(nodes: readonly GraphNode[], read: (folder: string) => number): number {
  const folder = mkdtempSync(join(tmpdir(), 'cellboard-graph-'))
  try {
    writeFileSync(join(folder, 'saved_model.pb'), encodeSavedModel(nodes))
    return read(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
