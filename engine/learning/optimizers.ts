// The two optimisers of searches and trainings as pure functions of tensors, in PyTorch's conventions, each over one flat vector.
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor } from '@tensorflow/tfjs-core'

/** Numbers that change from step to step are tensors, so that a captured step can be told them. */
export interface SgdSetting {
  readonly rate: Scalar
  readonly momentum: number
  readonly decay: number
  /** Looks ahead: w goes by g + momentum velocity' instead of velocity', g the decayed gradient. Absent: no. */
  readonly nesterov?: boolean
}

/** velocity' = momentum velocity + gradient + decay w; w' = w - rate velocity' (torch.optim.SGD). */
export function sgd<T extends Tensor>(w: T, velocity: T, gradient: T, setting: SgdSetting): { w: T; velocity: T } {
  const { rate, momentum, decay, nesterov = false } = setting
  const decayed = tf.add(gradient, tf.mul(w, decay))
  const next = tf.add(tf.mul(velocity, momentum), decayed)
  const direction = nesterov ? tf.add(decayed, tf.mul(next, momentum)) : next
  return { w: tf.sub<T>(w, tf.mul(direction, rate)), velocity: next as T }
}

export interface AdamSetting {
  readonly rate: number
  readonly beta1: number
  readonly beta2: number
  readonly decay: number
  /** 1 - beta1^t and 1 - beta2^t of step t, from 1. */
  readonly correction1: Scalar
  readonly correction2: Scalar
}

export interface Moments<T extends Tensor> {
  readonly first: T
  readonly second: T
}

const EPSILON = 1e-8

/** Adam with L2 decay added to the gradient (torch.optim.Adam with weight_decay). */
export function adam<T extends Tensor>(
  a: T,
  moments: Moments<T>,
  gradient: T,
  setting: AdamSetting,
): { a: T; moments: Moments<T> } {
  const { rate, beta1, beta2, decay, correction1, correction2 } = setting
  const decayed = tf.add(gradient, tf.mul(a, decay))
  const first = tf.add<T>(tf.mul(moments.first, beta1), tf.mul(decayed, 1 - beta1))
  const second = tf.add<T>(tf.mul(moments.second, beta2), tf.mul(tf.mul(decayed, decayed), 1 - beta2))
  const denominator = tf.add(tf.sqrt(tf.div(second, correction2)), EPSILON)
  const next = tf.sub<T>(a, tf.mul(tf.div(tf.div(first, correction1), denominator), rate))
  return { a: next, moments: { first, second } }
}

/** The gradient scaled down to L2 norm `most` where it is longer, and its norm before (torch.nn.utils.clip_grad_norm_). 0: no limit. */
export function clipNorm<T extends Tensor>(gradient: T, most: number): { gradient: T; norm: Scalar } {
  const norm = tf.sqrt(tf.sum<Scalar>(tf.mul(gradient, gradient)))
  if (most === 0) return { gradient, norm }
  const scale = tf.minimum(tf.div(most, tf.add(norm, 1e-6)), 1)
  return { gradient: tf.mul<T>(gradient, scale), norm }
}
