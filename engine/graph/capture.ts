// tf.function for TensorFlow.js: a pure function is recorded once and from then on run as one TensorFlow graph.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { nativeBackend, type NativeBackend } from './native-binding.js'
import { CaptureError, record, type Recording } from './record.js'
import { encodeSavedModel } from './saved-model.js'

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
 * Captures `fn`, a pure function of tensors, for inputs of the shapes and types of `example`.
 *
 * `fn` runs once while its TensorFlow operations are written down, without computing anything. What changes between runs must be an input:
 * a JavaScript number or a branch taken is frozen into the graph. On a backend without graphs `run` calls `fn` eagerly,
 * with the same results.
 *
 * @throws {CaptureError} when `fn` reads a value that it computed or draws random numbers.
 */
export function capture(fn: PureFunction, example: readonly Tensor[]): Captured {
  const backend = nativeBackend()
  const expected = example.map((tensor) => ({ shape: [...tensor.shape], dtype: tensor.dtype }))
  const check = (inputs: readonly Tensor[]) => {
    const told = (list: readonly { shape: number[]; dtype: string }[]) =>
      list.map((one) => `${one.dtype}[${one.shape.join(',')}]`).join(' ')
    if (told(inputs) !== told(expected))
      throw new CaptureError(
        `Expected inputs ${told(expected)}, but received ${told(inputs)}. A capture belongs to its shapes: capture again for others.`,
      )
  }
  if (!backend) {
    const run = (inputs: readonly Tensor[]) => {
      check(inputs)
      return tf.tidy(() => fn([...inputs]))
    }
    return { run, dispose: () => undefined, nodes: 0 }
  }

  const { nodes, outputs: fetches } = recordOnce(backend, fn, example)
  const model = load(nodes, (folder) => backend.binding.loadSavedModel(folder, 'serve'))
  const feeds = expected.map(({ dtype }, i) => ({
    name: `input_${i}:0`,
    tfDtype: dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT',
  }))
  let disposed = false
  return {
    nodes: nodes.length,
    run(inputs) {
      if (disposed) throw new CaptureError('Expected a captured function in use, but it was disposed.')
      check(inputs)
      return backend.runSavedModel(model, [...inputs], feeds, [...fetches])
    },
    dispose() {
      if (!disposed) backend.binding.deleteSavedModel(model)
      disposed = true
    },
  }
}

/** The graph alone: what the run made is let go. */
function recordOnce(backend: NativeBackend, fn: PureFunction, example: readonly Tensor[]): Recording {
  const held: Recording[] = []
  tf.tidy(() => {
    held.push(record(backend, fn, example))
  })
  return held[0]!
}

/** TensorFlow reads a saved model from a folder only: one of ours lives just as long as the reading takes. */
function load(nodes: Parameters<typeof encodeSavedModel>[0], read: (folder: string) => number): number {
  const folder = mkdtempSync(join(tmpdir(), 'cellboard-graph-'))
  try {
    writeFileSync(join(folder, 'saved_model.pb'), encodeSavedModel(nodes))
    return read(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
