// The final network's training step and its evaluation as pure functions (DARTS cnn/train.py).
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { PureFunction } from '../graph/capture.js'
import { crossEntropy } from '../kernels/cross-entropy.js'
import type { FinalNetwork } from '../network/final-network.js'
import { evaluationPass, trainingPass } from '../network/final-plan.js'
import type { Chance } from '../network/chance.js'
import {
  accuracyOf,
  joinWeights,
  oneHot,
  release,
  splitWeights,
  valueAndGradients,
  type BatchTensors,
} from './gradients.js'
import { clipNorm, sgd } from './optimizers.js'

/** Defaults are those of DARTS' training on CIFAR (quark0/darts, cnn/train.py). */
export interface FinalSettings {
  readonly momentum: number
  readonly weightDecay: number
  readonly gradientClip: number
  /** Share of each target that is spread over all classes. */
  readonly labelSmoothing: number
  /** What the auxiliary head's loss counts. */
  readonly auxiliaryWeight: number
}
export const FINAL_DEFAULTS: FinalSettings = {
  momentum: 0.9,
  weightDecay: 3e-4,
  gradientClip: 5,
  labelSmoothing: 0,
  auxiliaryWeight: 0.4,
}

/** The state of a training, in this order: weights and velocity flat, running statistics [2, channels of all normalisations]. */
export const FINAL_STATE_KEYS = ['weights', 'velocity', 'running'] as const

/** In the order of the step's last output: the loss with the auxiliary head's part. */
export const FINAL_METRICS = ['loss', 'accuracy', 'gradient-norm'] as const

/** What running statistics take over of each batch's (torch.nn.BatchNorm2d). */
const STATISTICS_MOMENTUM = 0.1

/** The state that a training begins with: running means 0 and variances 1. */
export function freshFinalState(net: FinalNetwork, weights: Float32Array): Tensor[] {
  const channels = net.norms.reduce((sum, one) => sum + one, 0)
  const running = new Float32Array(2 * channels).fill(1, channels)
  return [tf.tensor1d(weights), tf.zeros([weights.length]), tf.tensor2d(running, [2, channels])]
}

/** The numbers a step is told, as one tensor: the learning rate, and a whole number below 2^24 that noise is drawn by. */
export const finalNumbers = (rate: number, seed: number): Tensor1D => tf.tensor1d([rate, seed])

/**
 * A step as a pure function: the state's three tensors, images [batch, size, size, channels], labels int32 [batch],
 * `finalNumbers` and, for drop path, `pathMasks` in; the next state's three tensors and the metrics [3] out.
 */
export function finalStep(net: FinalNetwork, classes: number, settings: FinalSettings): PureFunction {
  return ([flat, velocity, running, images, labels, numbers, masks]) => {
    const batch = { images: images as Tensor4D, labels: labels as Tensor1D }
    const weights = flat as Tensor1D
    const [rate, seed] = tf.unstack(numbers!) as [Scalar, Scalar]
    const chance = { seed, ...(masks && { masks: masks as Tensor2D }) }
    const { loss, accuracy, toWeights, statistics } = finalGradients(net, classes, settings, batch, weights, chance)
    const clipped = clipNorm(toWeights, settings.gradientClip)
    const { momentum, weightDecay: decay } = settings
    const moved = sgd(weights, velocity as Tensor1D, clipped.gradient, { rate, momentum, decay })
    const next = tf.add(tf.mul(running!, 1 - STATISTICS_MOMENTUM), tf.mul(statistics, STATISTICS_MOMENTUM))
    return [moved.w, moved.velocity, next, tf.stack([loss, accuracy, clipped.norm])]
  }
}

/** Loss, accuracy, the flat gradient to the weights, and the batch's statistics, laid out as the running ones. */
export function finalGradients(
  net: FinalNetwork,
  classes: number,
  { labelSmoothing, auxiliaryWeight }: Pick<FinalSettings, 'labelSmoothing' | 'auxiliaryWeight'>,
  { images, labels }: BatchTensors,
  flat: Tensor1D,
  chance: Chance = {},
): { loss: Scalar; accuracy: Scalar; toWeights: Tensor1D; statistics: Tensor2D } {
  const targets = tf.add<Tensor2D>(tf.mul(oneHot(labels, classes), 1 - labelSmoothing), labelSmoothing / classes)
  const weights = splitWeights(flat, net.specs)
  // Gradients come of the loss alone; what else the forward pass tells is kept aside.
  let accuracy: Scalar | undefined
  let statistics: (() => Tensor2D) | undefined
  const forward = (): Scalar => {
    const training = trainingPass(weights, chance)
    const { logits, auxiliary } = net.forward(images, training.pass)
    statistics = training.statistics
    accuracy = tf.keep(accuracyOf(logits, labels))
    const loss = crossEntropy(logits, targets)
    return auxiliary ? tf.add<Scalar>(loss, tf.mul(crossEntropy(auxiliary, targets), auxiliaryWeight)) : loss
  }
  const { value, gradients } = valueAndGradients(forward, weights)
  const toWeights = joinWeights(gradients)
  return { loss: value, accuracy: release(accuracy!), toWeights, statistics: statistics!() }
}

/** Weights, running statistics, images and labels in; [loss, accuracy] out. The loss is without smoothing and auxiliary head. */
export function finalEvaluation(net: FinalNetwork, classes: number): PureFunction {
  return ([flat, running, images, labels]) => {
    const pass = evaluationPass(splitWeights(flat as Tensor1D, net.specs), running as Tensor2D, net.norms)
    const { logits } = net.forward(images as Tensor4D, pass)
    const loss = crossEntropy(logits, oneHot(labels as Tensor1D, classes))
    return [tf.stack([loss, accuracyOf(logits, labels as Tensor1D)])]
  }
}
