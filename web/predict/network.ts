// A trained network in the browser: TensorFlow.js, on WebAssembly, or plain where that is not allowed. Loaded only when it is used.
import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { toGrey, toSquare, type Pixels } from './to-square.js'

/** What a handed-out model.json says of itself (engine/export/model-facts.ts). */
export interface ModelFacts {
  /** Of the data that it learned from. */
  readonly title: string
  readonly size: number
  readonly channels: 1 | 3
  readonly margin: number
  readonly classNames: readonly string[]
}

export interface Sight {
  /** The likeliest first. */
  readonly classes: readonly { readonly name: string; readonly probability: number }[]
  /** What it looked at, [size, size, channels]. */
  readonly square: Uint8ClampedArray
  readonly milliseconds: number
}

export interface Network {
  readonly facts: ModelFacts
  readonly backend: string
  look(picture: Pixels): Promise<Sight>
  dispose(): void
}

async function takeBackend(): Promise<void> {
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  })
  const fast = await tf.setBackend('wasm').catch(() => false)
  if (!fast) await tf.setBackend('cpu')
  await tf.ready()
}

/** @param url of its model.json; the weights lie beside it */
export async function loadNetwork(url: string): Promise<Network> {
  await takeBackend()
  const model = await loadGraphModel(url)
  const facts = (model.metadata as { cellboard?: ModelFacts } | undefined)?.cellboard
  if (!facts)
    throw new Error('Expected a network that Cellboard handed out, but its model.json says nothing of classes.')
  return {
    facts,
    backend: tf.getBackend(),
    look: (picture) => look(model, facts, picture),
    dispose: () => model.dispose(),
  }
}

async function look(model: GraphModel, facts: ModelFacts, picture: Pixels): Promise<Sight> {
  const { size, channels, margin, classNames } = facts
  const colours = toSquare(picture, size, margin)
  const square = channels === 1 ? toGrey(colours) : colours
  const began = performance.now()
  const images = tf.tensor4d(Float32Array.from(square), [1, size, size, channels])
  const answer = model.execute({ images }, 'probabilities') as tf.Tensor
  const probabilities = await answer.data()
  tf.dispose([images, answer])
  const classes = classNames.map((name, i) => ({ name, probability: probabilities[i]! }))
  classes.sort((a, b) => b.probability - a.probability)
  return { classes, square, milliseconds: performance.now() - began }
}
