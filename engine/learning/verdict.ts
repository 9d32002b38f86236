// What logits say of images, reckoned on the host: loss, the class that is taken, and how sure that is.
import type { Batch } from '../data/batches.js'

/** Of one image. */
export interface Verdict {
  readonly truth: number
  readonly predicted: number
  /** Of the predicted class, in [0, 1]. */
  readonly probability: number
  /** Cross-entropy: -ln of the probability of the true class. */
  readonly loss: number
}

/** @param logits [images or more, classes]: what stands behind the batch's images is padding */
export function* verdicts(logits: Float32Array, { y }: Pick<Batch, 'y'>, classes: number): Generator<Verdict> {
  for (let i = 0; i < y.length; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes)
    let predicted = 0
    for (let k = 1; k < classes; k++) if (row[k]! > row[predicted]!) predicted = k
    const highest = row[predicted]!
    let sum = 0
    for (const logit of row) sum += Math.exp(logit - highest)
    const truth = y[i]!
    yield { truth, predicted, probability: 1 / sum, loss: Math.log(sum) - (row[truth]! - highest) }
  }
}
