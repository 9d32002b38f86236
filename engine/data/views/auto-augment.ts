// AutoAugment (Cubuk et al. 2019): one of 25 learned pairs of operations an image, each with its chance and strength.
import type { AutoAugmentPolicy } from '@cellboard/schema/training-settings'
import {
  autoContrasted,
  brightened,
  contrasted,
  equalized,
  inverted,
  posterized,
  saturated,
  sharpened,
  solarized,
} from './colour.js'
import { POLICIES } from './auto-augment-policies.js'
import { shearedX, shearedY, shiftedX, shiftedY, turned } from './geometry.js'
import type { RandomStream } from '../random.js'
import type { Square } from './square.js'

type Operate = (image: Uint8Array, shape: Square, strength: number) => Uint8Array

interface Operation {
  readonly operate: Operate
  /** Strength at a level of 0 to 9; none where there is nothing to choose. */
  readonly strength?: (level: number, size: number) => number
  /** Whether the strength is taken against its sense every second time. */
  readonly signed?: boolean
}

const upTo = (most: number) => (level: number) => (most * level) / 9
/** ImageNet was searched at 331 pixels: a shift is a share of the image. */
const shift = (level: number, size: number) => ((150 / 331) * size * level) / 9
/** Colours are taken away or strengthened by as much. */
const enhanced = (operate: Operate): Operation => ({
  operate: (image, shape, strength) => operate(image, shape, 1 + strength),
  strength: upTo(0.9),
  signed: true,
})

/** Ranges of the strengths: the paper's, over ten levels. */
export const OPERATIONS = {
  shearX: { operate: shearedX, strength: upTo(0.3), signed: true },
  shearY: { operate: shearedY, strength: upTo(0.3), signed: true },
  translateX: { operate: shiftedX, strength: shift, signed: true },
  translateY: { operate: shiftedY, strength: shift, signed: true },
  rotate: { operate: turned, strength: upTo(30), signed: true },
  brightness: enhanced((image, _, factor) => brightened(image, factor)),
  colour: enhanced(saturated),
  contrast: enhanced(contrasted),
  sharpness: enhanced(sharpened),
  posterize: {
    operate: (image, _, bits) => posterized(image, bits),
    strength: (level) => 8 - Math.round((4 * level) / 9),
  },
  solarize: {
    operate: (image, _, threshold) => solarized(image, threshold),
    strength: (level) => 256 - (256 * level) / 9,
  },
  autoContrast: { operate: autoContrasted },
  equalize: { operate: equalized },
  invert: { operate: inverted },
} as const satisfies Record<string, Operation>

interface Step {
  readonly name: keyof typeof OPERATIONS
  readonly chance: number
  readonly level: number
}

const stepsOf = (pair: string): Step[] =>
  pair.split(', ').map((step) => {
    const [name, chance, level = 0] = step.split(' ')
    return { name: name as keyof typeof OPERATIONS, chance: Number(chance), level: Number(level) }
  })
const STEPS = { cifar10: POLICIES.cifar10.map(stepsOf), imagenet: POLICIES.imagenet.map(stepsOf) }

/** Draws one pair of a policy and does what its chances let happen; as many numbers are drawn whatever happens. */
export function autoAugmented(
  image: Uint8Array,
  shape: Square,
  policy: Exclude<AutoAugmentPolicy, 'none'>,
  draw: RandomStream,
): Uint8Array {
  const pairs = STEPS[policy]
  let view = image
  for (const { name, chance, level } of pairs[Math.floor(draw() * pairs.length)]!) {
    const [happens, against] = [draw() < chance, draw() < 0.5]
    if (!happens) continue
    const { operate, strength, signed }: Operation = OPERATIONS[name]
    const much = strength?.(level, shape.size) ?? 0
    view = operate(view, shape, signed && against ? -much : much)
  }
  return view
}
