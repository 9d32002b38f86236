// The layers of a trained network, from pixels to probabilities: its evaluation written down once, and made simpler.
import * as tf from '@tensorflow/tfjs-core'
import { buildFinalNetwork } from '../network/final-network.js'
import { evaluationPass } from '../network/final-plan.js'
import { sizeOf } from '../network/weights.js'
import { fold } from './fold.js'
import type { LayerGraph } from './layers.js'
import { traceLayers } from './trace-backend.js'
import type { TrainedNetwork } from './trained-network.js'

/**
 * Images are pixels from 0 to 255. Where a cell has the operator `noise`, every image gets the noise that the engine draws for the first
 * image of a batch: what a network says of an image shall not hang on the images beside it.
 */
export function networkLayers({ plan, weights, running, facts }: TrainedNetwork): LayerGraph {
  const net = buildFinalNetwork(plan)
  const channels = net.norms.reduce((sum, one) => sum + one, 0)
  const { layers, logits } = traceLayers([plan.imageSize, plan.imageSize, plan.imageChannels], (images) => {
    let at = 0
    const tensors = net.specs.map(({ shape }) =>
      tf.tensor(weights.subarray(at, (at += sizeOf(shape))), [...shape], 'float32'),
    )
    const times = facts.deviation.map((deviation) => 1 / (255 * deviation))
    const plus = facts.mean.map((mean, i) => -mean / facts.deviation[i]!)
    const normalised = tf.add<tf.Tensor4D>(tf.mul(images, tf.tensor1d(times)), tf.tensor1d(plus))
    return net.forward(normalised, evaluationPass(tensors, tf.tensor2d(running, [2, channels]), net.norms)).logits
  })
  const probabilities = { op: 'softmax', from: [logits], shape: [plan.classes] } as const
  return fold({ layers: [...layers, probabilities], logits, probabilities: layers.length })
}
