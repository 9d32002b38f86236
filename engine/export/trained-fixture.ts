// For tests: networks with random weights and running statistics, which count in everything that they compute.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Genotype } from '@cellboard/schema/genotype'
import { randomStream } from '../data/random.js'
import { buildFinalNetwork } from '../network/final-network.js'
import type { FinalNetworkPlan } from '../network/final-network-plan.js'
import { evaluationPass } from '../network/final-plan.js'
import { initialWeights, sizeOf } from '../network/weights.js'
import type { TrainedNetwork } from './trained-network.js'

export type PlanFixture = Partial<Omit<FinalNetworkPlan, 'genotype' | 'auxiliary'>>

export function trainedFixture(genotype: Genotype, given: PlanFixture = {}, seed = 1): TrainedNetwork {
  const cells = genotype.space === 'darts' ? 3 : 1
  const usual = { cells, channels: 4, classes: 5, imageChannels: 3, imageSize: 8, poolNorm: false }
  const plan = { ...usual, ...given, genotype, auxiliary: false } as const
  const net = buildFinalNetwork(plan)
  const draw = randomStream(seed, 'weights')
  const channels = net.norms.reduce((sum, one) => sum + one, 0)
  const weights = initialWeights(net.specs, draw).map((value) => value + 0.1 * (draw() - 0.5))
  const running = Float32Array.from({ length: 2 * channels }, (_, i) => (i < channels ? draw() - 0.5 : 0.2 + draw()))
  return {
    plan,
    weights,
    running,
    facts: {
      title: 'Fixture',
      size: plan.imageSize,
      channels: plan.imageChannels,
      mean: [0.4, 0.5, 0.6].slice(0, plan.imageChannels),
      deviation: [0.2, 0.25, 0.3].slice(0, plan.imageChannels),
      source: 'made up for a test',
      classNames: Array.from({ length: plan.classes }, (_, i) => `class ${i}`),
    },
  }
}

/** Pixels from 0 to 255, [count, size, size, channels]. */
export const pixelFixture = ({ plan }: TrainedNetwork, count: number, seed = 1): Float32Array => {
  const draw = randomStream(seed, 'pixels')
  return Float32Array.from({ length: count * plan.imageSize ** 2 * plan.imageChannels }, () => Math.floor(draw() * 256))
}

/** Logits of each image as the engine itself evaluates, on the backend in use. */
export function engineLogits({ plan, weights, running, facts }: TrainedNetwork, pixels: Float32Array): number[][] {
  const net = buildFinalNetwork(plan)
  return tf.tidy(() => {
    let at = 0
    const tensors = net.specs.map(({ shape }) => tf.tensor(weights.subarray(at, (at += sizeOf(shape))), [...shape]))
    const { imageSize: size, imageChannels: channels } = plan
    const images = tf.tensor4d(pixels, [pixels.length / (size * size * channels), size, size, channels])
    const normalised = tf.div<Tensor4D>(tf.sub(tf.div(images, 255), [...facts.mean]), [...facts.deviation])
    const statistics = tf.tensor2d(running, [2, running.length / 2])
    return net.forward(normalised, evaluationPass(tensors, statistics, net.norms)).logits.arraySync()
  })
}
