// The operations of AutoAugment and the colour jitter against what Pillow made of the same bytes (pillow_operations.py).
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { OPERATIONS } from '../../engine/data/views/auto-augment.js'
import { hueTurned } from '../../engine/data/views/colour.js'
import { resample } from '../../engine/data/views/resample.js'

interface Made {
  size: number
  images: Record<string, string>
  cases: { image: string; operation: string; strength: number; made: string }[]
}
const { size, images, cases } = JSON.parse(
  readFileSync(new URL('pillow-operations.json', import.meta.url), 'utf8'),
) as Made
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const shape = { size, channels: 3 }

function operate(operation: string, image: Uint8Array, strength: number): Uint8Array {
  const raster = { pixels: image, width: size, height: size, channels: 3 }
  if (operation === 'resize') return resample(raster, { left: 2, top: 1, width: 12, height: 11 }, strength, strength)
  if (operation === 'hue') return hueTurned(image, shape, strength)
  return OPERATIONS[operation as keyof typeof OPERATIONS].operate(image, shape, strength)
}
/** Pillow turns hues in whole bytes and resizes by whole numbers; what moves pixels and changes colours is the same to the byte. */
const tolerance: Readonly<Record<string, number>> = { hue: 10, resize: 1 }

it.each(cases)('$operation by $strength of the $image image', ({ image, operation, strength, made }) => {
  const [ours, theirs] = [operate(operation, bytes(images[image]!), strength), bytes(made)]
  expect(ours).toHaveLength(theirs.length)
  const furthest = ours.reduce((most, byte, at) => Math.max(most, Math.abs(byte - theirs[at]!)), 0)
  expect(furthest).toBeLessThanOrEqual(tolerance[operation] ?? 0)
})
