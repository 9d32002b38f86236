// Training views: what must hold whatever is drawn, and what each operation must do to images one can reason about.
import { describe, expect, it } from 'vitest'
import { autoAugmented, OPERATIONS } from './auto-augment.js'
import { POLICIES } from './auto-augment-policies.js'
import { autoContrasted, brightened, contrasted, equalized, hueTurned, inverted, saturated } from './colour.js'
import { colourJittered } from './colour-jitter.js'
import { drawBox } from './draw-box.js'
import { turned } from './geometry.js'
import { randomStream } from '../random.js'
import { resample } from './resample.js'
import { augmentImage, mirrored, paddedCrop, type ViewRules } from './training-view.js'

const shape = { size: 6, channels: 3 }
const draws = randomStream(1, 'image')
const image = Uint8Array.from({ length: 108 }, () => Math.floor(draws() * 256))
const untouched = Uint8Array.from(image)

describe('drawBox', () => {
  it.each([
    [64, 64],
    [500, 375],
    [10, 1000],
    [1, 1],
    [3, 2],
  ])('stays within %i x %i, its area and shape within theirs', (width, height) => {
    for (let i = 0; i < 300; i++) {
      const box = drawBox(width, height, randomStream(i, 'box'))
      expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0)
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(1)
      expect(box.left + box.width).toBeLessThanOrEqual(width)
      expect(box.top + box.height).toBeLessThanOrEqual(height)
      if (Math.min(width, height) < 50) continue
      expect((box.width * box.height) / (width * height)).toBeGreaterThan(0.07)
      expect(Math.abs(Math.log(box.width / box.height))).toBeLessThan(Math.log(4 / 3) + 0.1)
    }
  })
  it('takes the middle where no draw fits', () => {
    expect(drawBox(1000, 10, randomStream(1, 'box'))).toEqual({ left: 493, top: 0, width: 13, height: 10 })
  })
})

describe('crop and mirror', () => {
  it('mirrored twice is the image', () => {
    expect(mirrored(image, shape)).not.toEqual(image)
    expect(mirrored(mirrored(image, shape), shape)).toEqual(image)
  })
  it('a crop from padded images holds the image moved, and black', () => {
    for (let i = 0; i < 50; i++) {
      const draw = randomStream(i, 'crop')
      const [rows, columns] = [Math.floor(draw() * 5) - 2, Math.floor(draw() * 5) - 2]
      const crop = paddedCrop(image, shape, 2, randomStream(i, 'crop'))
      for (let row = 0; row < 6; row++)
        for (let column = 0; column < 6; column++) {
          const [y, x] = [row + rows, column + columns]
          const inside = y >= 0 && y < 6 && x >= 0 && x < 6
          expect(crop[(row * 6 + column) * 3]).toBe(inside ? image[(y * 6 + x) * 3] : 0)
        }
    }
  })
  it('a part brought to its own size is that part', () => {
    const raster = { pixels: image, width: 6, height: 6, channels: 3 }
    expect(resample(raster, { left: 0, top: 0, width: 6, height: 6 }, 6, 6)).toEqual(image)
    expect([...resample(raster, { left: 1, top: 2, width: 1, height: 1 }, 1, 1)]).toEqual([...image.subarray(39, 42)])
    const even = { ...raster, pixels: new Uint8Array(108).fill(77) }
    expect(new Set(resample(even, { left: 1, top: 0, width: 3, height: 5 }, 9, 4))).toEqual(new Set([77]))
  })
})

describe('colours', () => {
  it('stay where nothing is asked for', () => {
    expect(brightened(image, 1)).toEqual(image)
    expect(contrasted(image, shape, 1)).toEqual(image)
    expect(saturated(image, shape, 1)).toEqual(image)
    expect(hueTurned(image, shape, 0)).toEqual(image)
    expect(turned(image, shape, 0)).toEqual(image)
    expect(colourJittered(image, shape, 0, randomStream(1, 'jitter'))).toEqual(image)
  })
  it('a third of the circle turns red to green, green to blue', () => {
    const colours = Uint8Array.of(255, 0, 0, 0, 255, 0, 10, 10, 10)
    expect([...hueTurned(colours, shape, 1 / 3)]).toEqual([0, 255, 0, 0, 0, 255, 10, 10, 10])
  })
  it('inverted twice is the image; spread, a colour goes from 0 to 255; no colour is grey', () => {
    expect(inverted(inverted(image))).toEqual(image)
    const wide = autoContrasted(Uint8Array.of(100, 5, 7, 110, 5, 9, 120, 5, 11), shape)
    expect([...wide]).toEqual([0, 5, 0, 127, 5, 127, 255, 5, 255])
    const grey = saturated(image, shape, 0)
    for (let at = 0; at < 108; at += 3) expect(new Set(grey.subarray(at, at + 3)).size).toBe(1)
    expect(equalized(new Uint8Array(108).fill(9), shape)).toEqual(new Uint8Array(108).fill(9))
  })
})

describe('AutoAugment', () => {
  it.each(['cifar10', 'imagenet'] as const)(
    '%s: 25 pairs of known operations, chances and levels in range',
    (policy) => {
      expect(POLICIES[policy]).toHaveLength(25)
      for (const step of POLICIES[policy].flatMap((pair) => pair.split(', '))) {
        const [name, chance, level, ...rest] = step.split(' ')
        expect(OPERATIONS).toHaveProperty(name!)
        expect(Number(chance)).toBeGreaterThanOrEqual(0)
        expect(Number(chance)).toBeLessThanOrEqual(1)
        expect('strength' in OPERATIONS[name as keyof typeof OPERATIONS]).toBe(level !== undefined)
        if (level !== undefined) expect(level).toMatch(/^\d$/)
        expect(rest).toEqual([])
      }
    },
  )
  it('changes most images, gives the same by the same draws, and leaves the image itself alone', () => {
    let changed = 0
    for (let i = 0; i < 200; i++) {
      const view = autoAugmented(image, shape, 'cifar10', randomStream(i, 'policy'))
      expect(view).toHaveLength(108)
      expect(autoAugmented(image, shape, 'cifar10', randomStream(i, 'policy'))).toEqual(view)
      if (view.join() !== image.join()) changed++
    }
    expect(changed).toBeGreaterThan(100)
    expect(image).toEqual(untouched)
  })
})

describe('augmentImage', () => {
  const rules: ViewRules = { crop: 'padded', flip: true, cropPadding: 2, colourJitter: 0.4, autoAugment: 'imagenet' }
  it.each([1, 3])(
    'with everything at once, of %i colours: bytes of the same shape, the image left alone',
    (channels) => {
      const pixels = image.slice(0, 36 * channels)
      for (let i = 0; i < 100; i++) {
        const view = augmentImage(pixels, { size: 6, channels }, rules, randomStream(i, 'view'))
        expect(view).toHaveLength(pixels.length)
        expect(view).toBeInstanceOf(Uint8Array)
      }
      expect(pixels).toEqual(untouched.slice(0, 36 * channels))
    },
  )
  it('with nothing to do is the image', () => {
    const none: ViewRules = { crop: 'none', flip: false, cropPadding: 2, colourJitter: 0, autoAugment: 'none' }
    expect(augmentImage(image, shape, none, randomStream(1, 'view'))).toEqual(image)
  })
})
