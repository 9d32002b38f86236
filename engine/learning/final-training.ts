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
  readonly nesterov: boolean
  /** Decay of an average of weights and running statistics, kept beside them; 0: none. */
  readonly ema: number
}
export const FINAL_DEFAULTS: FinalSettings = {
  momentum: 0.9,
  weightDecay: 3e-4,
  gradientClip: 5,
  labelSmoothing: 0,
  auxiliaryWeight: 0.4,
  nesterov: false,
  ema: 0,
}

const STATE_KEYS = ['weights', 'velocity', 'running'] as const
const AVERAGED_KEYS = [...STATE_KEYS, 'average', 'averageRunning'] as const
export type FinalStateKey = (typeof AVERAGED_KEYS)[number]

/**
 * The state of a training, in this order: weights and velocity flat, running statistics [2, channels of all normalisations], and with
 * `ema` the averages of weights and of running statistics.
 */
export const finalStateKeys = ({ ema }: Pick<FinalSettings, 'ema'>): readonly FinalStateKey[] =>
  ema > 0 ? AVERAGED_KEYS : STATE_KEYS

/** In the order of the step's last output: the loss with the auxiliary head's part. */
export const FINAL_METRICS = ['loss', 'accuracy', 'gradient-norm'] as const

/** What running statistics take over of each batch's (torch.nn.BatchNorm2d). */
const STATISTICS_MOMENTUM = 0.1

/** The state that a training begins with: running means 0 and variances 1; averages begin as what they are of. */
export function freshFinalState(net: FinalNetwork, weights: Float32Array, ema = 0): Tensor[] {
  const channels = net.norms.reduce((sum, one) => sum + one, 0)
  const running = new Float32Array(2 * channels).fill(1, channels)
  const pair = (): [Tensor, Tensor] => [tf.tensor1d(weights), tf.tensor2d(running, [2, channels])]
  const [first, statistics] = pair()
  return [first, tf.zeros([weights.length]), statistics, ...(ema > 0 ? pair() : [])]
}

/**
 * The numbers a step is told, as one tensor: the learning rate, a whole number below 2^24 that noise is drawn by, and, where averages
 * are kept, how much of them stays (`averageKept`).
 */
export const finalNumbers = (rate: number, seed: number, kept = 0): Tensor1D => tf.tensor1d([rate, seed, kept])

/**
 * How much of the average stays at step `step`, from 1: `ema`, less in the first steps, so that the weights as they were drawn are soon
 * forgotten (tf.train.ExponentialMovingAverage with num_updates).
 */
export const averageKept = (ema: number, step: number): number => Math.min(ema, (1 + step) / (10 + step))

/**
 * A step as a pure function: the state's tensors (`finalStateKeys`), images [batch, size, size, channels], labels int32 [batch],
 * `finalNumbers` and, for drop path, `pathMasks` in; the next state's tensors and the metrics [3] out.
 */
export function finalStep(net: FinalNetwork, classes: number, settings: FinalSettings): PureFunction {
  const { momentum, weightDecay: decay, gradientClip, nesterov } = settings
  const keys = finalStateKeys(settings)
  return (inputs) => {
    const [flat, velocity, running, ...averages] = inputs.slice(0, keys.length)
    const [images, labels, numbers, masks] = inputs.slice(keys.length)
    const batch = { images: images as Tensor4D, labels: labels as Tensor1D }
    const weights = flat as Tensor1D
    const [rate, seed, kept] = tf.unstack(numbers!) as [Scalar, Scalar, Scalar]
    const chance = { seed, ...(masks && { masks: masks as Tensor2D }) }
    const { loss, accuracy, toWeights, statistics } = finalGradients(net, classes, settings, batch, weights, chance)
    const clipped = clipNorm(toWeights, gradientClip)
    const moved = sgd(weights, velocity as Tensor1D, clipped.gradient, { rate, momentum, decay, nesterov })
    const next = tf.add(tf.mul(running!, 1 - STATISTICS_MOMENTUM), tf.mul(statistics, STATISTICS_MOMENTUM))
    const now = [moved.w, next]
    const averaged = averages.map((average, i) => tf.add(now[i]!, tf.mul(tf.sub(average, now[i]!), kept)))
    return [moved.w, moved.velocity, next, ...averaged, tf.stack([loss, accuracy, clipped.norm])]
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

/** Weights, running statistics and images in; logits [batch, classes] out, each image's independent of the others. */
export function finalLogits(net: FinalNetwork): PureFunction {
  return ([flat, running, images]) => {
    const pass = evaluationPass(splitWeights(flat as Tensor1D, net.specs), running as Tensor2D, net.norms)
    return [net.forward(images as Tensor4D, pass).logits]
  }
}
