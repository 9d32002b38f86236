// What training and evaluating share, whatever the network: batches as tensors, and means over batches.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { Batch } from '../data/batches.js'

/** A batch as tensors: images [batch, size, size, channels] and labels int32 [batch]. */
export const batchTensors = ({ x, y }: Batch, { size, channels }: DatasetFacts): [Tensor4D, Tensor1D] => [
  tf.tensor4d(x, [y.length, size, size, channels]),
  tf.tensor1d(y, 'int32'),
]

/**
 * Mean loss and accuracy over batches of one size.
 * @param measure gives [loss, accuracy] of images and labels as one tensor; all three are disposed here
 */
export async function meanOverBatches(
  batches: Iterable<Batch>,
  facts: DatasetFacts,
  measure: (given: [Tensor4D, Tensor1D]) => Tensor,
): Promise<{ loss: number; accuracy: number }> {
  let [loss, accuracy, count] = [0, 0, 0]
  for (const batch of batches) {
    const given = batchTensors(batch, facts)
    const measured = measure(given)
    const values = await measured.data() // WebGPU in Node reads no other way
    tf.dispose([measured, ...given])
    loss += values[0]!
    accuracy += values[1]!
    count++
  }
  return { loss: loss / count, accuracy: accuracy / count }
}
