// The tensors of a training on the host, by name: what its checkpoint keeps and what it begins with.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

export interface HostTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}
export type HostState = Readonly<Record<string, HostTensor>>

/** The values of tensors, named in their order. */
export async function toHost(keys: readonly string[], tensors: readonly Tensor[]): Promise<HostState> {
  const entries = keys.map(
    async (key, i) => [key, { shape: tensors[i]!.shape, values: await tensors[i]!.data<'float32'>() }] as const,
  )
  return Object.fromEntries(await Promise.all(entries))
}

/** Fresh tensors of those names, in their order. */
export const fromHost = (keys: readonly string[], state: HostState): Tensor[] =>
  keys.map((key) => tf.tensor(state[key]!.values, [...state[key]!.shape]))
