// Random changes of brightness, contrast, saturation and hue, in random order (torchvision's ColorJitter; DARTS cnn/train_imagenet.py).
import { brightened, contrasted, hueTurned, saturated } from './colour.js'
import { shuffle, type RandomStream } from '../random.js'
import type { Square } from './square.js'

/** @param share by which brightness, contrast and saturation change at most; hue turns by half of it, as a share of the circle */
export function colourJittered(image: Uint8Array, shape: Square, share: number, draw: RandomStream): Uint8Array {
  const factor = () => Math.max(0, 1 + share * (2 * draw() - 1))
  const changes: ((view: Uint8Array) => Uint8Array)[] = [
    (view) => brightened(view, factor()),
    (view) => contrasted(view, shape, factor()),
    (view) => saturated(view, shape, factor()),
    (view) => hueTurned(view, shape, (share / 2) * (2 * draw() - 1)),
  ]
  return shuffle([0, 1, 2, 3], draw).reduce((view, which) => changes[which]!(view), image)
}
