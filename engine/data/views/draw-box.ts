// Which part of a picture a training view shows: a random share of its area in a random shape.
import type { RandomStream } from '../random.js'

/** A rectangle of whole pixels within a picture. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Share of the area, and width over height (torchvision's RandomResizedCrop, after Szegedy et al. 2015). */
const AREA = [0.08, 1] as const
const SHAPE = [3 / 4, 4 / 3] as const
const TRIES = 10

/**
 * Draws a part of 8 to 100 % of the picture's area, its shape between 3:4 and 4:3 evenly in logarithms. Where ten draws do not fit into the
 * picture, the largest middle part whose shape is within these bounds.
 */
export function drawBox(width: number, height: number, draw: RandomStream): Box {
  for (let i = 0; i < TRIES; i++) {
    const area = width * height * between(AREA[0], AREA[1], draw())
    const shape = Math.exp(between(Math.log(SHAPE[0]), Math.log(SHAPE[1]), draw()))
    const box = { width: Math.round(Math.sqrt(area * shape)), height: Math.round(Math.sqrt(area / shape)) }
    if (box.width < 1 || box.height < 1 || box.width > width || box.height > height) continue
    const top = Math.floor(draw() * (height - box.height + 1))
    return { ...box, top, left: Math.floor(draw() * (width - box.width + 1)) }
  }
  const box = {
    width: Math.min(width, Math.max(1, Math.round(height * SHAPE[1]))),
    height: Math.min(height, Math.max(1, Math.round(width / SHAPE[0]))),
  }
  return { ...box, left: Math.floor((width - box.width) / 2), top: Math.floor((height - box.height) / 2) }
}

const between = (least: number, most: number, share: number): number => least + (most - least) * share
