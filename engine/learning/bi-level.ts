// Bi-level optimisation: alphas step from the validation loss, then the weights from the training loss (DARTS, cnn/architect.py).
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { PureFunction } from '../graph/capture.js'
import type { Chance } from '../network/chance.js'
import type { Supernet } from '../network/supernet.js'
import { lossAndGradients, type BatchTensors } from './gradients.js'
import {
  readNumbers,
  stepAlphas,
  stateFromList,
  STATE_KEYS,
  weightSetting,
  type OneLevelSettings,
  type SearchState,
} from './one-level.js'
import { clipNorm, sgd } from './optimizers.js'

/** `first`: alphas step at the weights as they are. `second`: at the weights one training step ahead (DARTS' --unrolled). */
export type Order = 'first' | 'second'

/** In the order of the step's last output: of the training batch, and the validation loss that alphas stepped from. */
export const BI_LEVEL_METRICS = ['loss', 'accuracy', 'gradient-norm', 'validation-loss'] as const

/**
 * A step as a pure function: the state's five tensors, images [batch, size, size, channels] and labels int32 [batch] to train on,
 * the same to validate on, `stepNumbers` and, for drop path, `pathMasks` in; the next state's five tensors and the metrics [4] out.
 */
export function biLevelStep(net: Supernet, classes: number, settings: OneLevelSettings, order: Order): PureFunction {
  return (inputs) => {
    const state = stateFromList(inputs)
    const [images, labels, otherImages, otherLabels, numbers, masks] = inputs.slice(STATE_KEYS.length) as [
      Tensor4D,
      Tensor1D,
      Tensor4D,
      Tensor1D,
      Tensor1D,
      Tensor2D | undefined,
    ]
    const training = { images, labels }
    const validation = { images: otherImages, labels: otherLabels }
    const told = readNumbers(numbers)
    const chance = { seed: told.seed, ...(masks && { masks }) }

    const lookAhead = order === 'first' ? firstOrder : secondOrder
    const ahead = lookAhead({ net, classes, settings, state, training, validation, rate: told.rate, chance })
    const chosen = stepAlphas(state, ahead.toAlphas, told, settings)

    const point = { weights: state.weights, alphas: chosen.alphas }
    const { loss, accuracy, toWeights } = lossAndGradients(net, classes, training, point, chance)
    const clipped = clipNorm(toWeights, settings.gradientClip)
    const moved = sgd(state.weights, state.velocity, clipped.gradient, weightSetting(settings, told.rate))
    const metrics = tf.stack([loss, accuracy, clipped.norm, ahead.loss])
    return [moved.w, moved.velocity, chosen.alphas, chosen.first, chosen.second, metrics]
  }
}

interface Situation {
  readonly net: Supernet
  readonly classes: number
  readonly settings: Pick<OneLevelSettings, 'momentum' | 'weightDecay'>
  readonly state: Pick<SearchState, 'weights' | 'velocity' | 'alphas'>
  readonly training: BatchTensors
  readonly validation: BatchTensors
  /** xi, the learning rate of the weights. */
  readonly rate: Scalar
  /** The same in every pass of the step, so that differences between them are the weights' alone. */
  readonly chance?: Chance
}

/** The validation loss that alphas step from, and its gradient to them [edges, widest]. */
interface Ahead {
  readonly loss: Scalar
  readonly toAlphas: Tensor2D
}

const firstOrder = ({ net, classes, state, validation, chance }: Situation): Ahead =>
  lossAndGradients(net, classes, validation, state, chance)

/**
 * d L_val(w', alpha) / d alpha with w' = w - xi (momentum velocity + d L_train / d w + decay w), the gradient not clipped
 * (Liu et al. 2019, equations 6 to 8):
 *
 *     d_alpha L_val(w') - xi (d_alpha L_train(w + eps v) - d_alpha L_train(w - eps v)) / (2 eps)
 *
 * where v = d L_val(w') / d w' and eps = 0.01 / |v|.
 */
export function secondOrder({ net, classes, settings, state, training, validation, rate, chance }: Situation): Ahead {
  const { weights, velocity, alphas } = state
  const slope = lossAndGradients(net, classes, training, state, chance).toWeights
  const { momentum, weightDecay: decay } = settings
  const unrolled = sgd(weights, velocity, slope, { rate, momentum, decay }).w
  const ahead = lossAndGradients(net, classes, validation, { weights: unrolled, alphas }, chance)

  const along = ahead.toWeights
  const eps = tf.div<Scalar>(0.01, tf.sqrt(tf.sum(tf.square(along))))
  const away = tf.mul<Tensor1D>(along, eps)
  const up = lossAndGradients(net, classes, training, { weights: tf.add(weights, away), alphas }, chance).toAlphas
  const down = lossAndGradients(net, classes, training, { weights: tf.sub(weights, away), alphas }, chance).toAlphas
  const bend = tf.div(tf.sub(up, down), tf.mul(eps, 2))
  return { loss: ahead.loss, toAlphas: tf.sub(ahead.toAlphas, tf.mul(bend, rate)) }
}
