// How a final network begins: one convolution for small images, three that halve them for ImageNet's.
import { conv } from '../kernels/conv.js'
import type { FinalNetworkPlan, FinalStem } from './final-network-plan.js'
import { finalReluConvNorm } from './final-operators.js'
import type { FinalPlan } from './final-plan.js'

export const finalStem = (plan: FinalPlan, network: FinalNetworkPlan): FinalStem =>
  network.stem === 'imagenet' ? imageNetStem(plan, network) : cifarStem(plan, network)

/** A convolution, for DARTS three times as wide as the first cell, normalised; both inputs of that cell. */
function cifarStem(plan: FinalPlan, { genotype, imageChannels, channels: width }: FinalNetworkPlan): FinalStem {
  const channels = genotype.space === 'darts' ? 3 * width : width
  const kernel = plan.kernel(3, imageChannels, channels)
  const norm = plan.norm(channels)
  return {
    beforeChannels: channels,
    lastChannels: channels,
    reduced: false,
    forward(images, pass) {
      const map = norm(conv(images, kernel(pass.weights)), pass)
      return { before: map, last: map }
    },
  }
}

/** Down to a quarter, then an eighth: what the two give are the inputs of the first cell (DARTS cnn/model.py, NetworkImageNet). */
function imageNetStem(plan: FinalPlan, { imageChannels, channels }: FinalNetworkPlan): FinalStem {
  const half = Math.floor(channels / 2)
  const kernel = plan.kernel(3, imageChannels, half)
  const norm = plan.norm(half)
  const quarter = finalReluConvNorm(plan, half, channels, 3, 2)
  const eighth = finalReluConvNorm(plan, channels, channels, 3, 2)
  return {
    beforeChannels: channels,
    lastChannels: channels,
    reduced: true,
    forward(images, pass) {
      const before = quarter(norm(conv(images, kernel(pass.weights), { stride: 2 }), pass), pass)
      return { before, last: eighth(before, pass) }
    },
  }
}
