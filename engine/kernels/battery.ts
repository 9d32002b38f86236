// The battery: every kernel on one backend, against plain loops in double precision and their finite differences.
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import type { Candidate } from '../backend/candidate.js'
import { type Capture, faultsIn } from './check-case.js'
import { cases, strides } from './kernel-cases.js'
import { maxPool } from './max-pool.js'
import { wideCases } from './wide-cases.js'

/**
 * Registers the tests of one backend; a backend that does not load here is skipped, with the reason in the name. Each
 * backend has its own file, thus its own process: what one brings along, such as gradients, must not help another.
 */
export async function testKernels({ name, load }: Candidate, capture: Capture): Promise<void> {
  const missing = await load(true).then(
    () => undefined,
    (error: Error) => error.message.split('\n')[0],
  )
  describe.skipIf(missing !== undefined)(`on ${name}${missing ? ` (not here: ${missing})` : ''}`, () => {
    test.each([...cases, ...wideCases])('$name', async (one) => {
      expect(await faultsIn(one, capture)).toEqual([])
    })

    test.each(strides)('maxPool stride %d gives the gradient to the first of equals', async (stride) => {
      const flat = tf.ones<tf.Rank.R4>([1, 4, 4, 1])
      const [slope] = tf.grads((x: tf.Tensor) => tf.sum(maxPool(x as tf.Tensor4D, { stride })))([flat])
      // At each window's upper left pixel inside of the image.
      const expected = stride === 1 ? [4, 2, 2, 0, 2, 1, 1, 0, 2, 1, 1, 0, 0, 0, 0, 0] : [1, 1, 0, 0, 1, 1, 0, 0] // prettier-ignore
      expect(Array.from((await slope!.data()).slice(0, expected.length))).toEqual(expected)
      tf.dispose([flat, slope!])
    })
  })
}
