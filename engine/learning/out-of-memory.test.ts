// Memory that runs out: said beforehand in numbers, told apart from other errors where a backend says it, and a search ends by it.
import * as tf from '@tensorflow/tfjs-core'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { SPACES } from '@cellboard/schema/spaces'
import { beforeAll, describe, expect, test } from 'vitest'
import type { BackendMemory } from '../backend/backend-memory.js'
import { pickBackend } from '../backend/pick.js'
import { EngineError } from '../errors.js'
import { search } from '../index.js'
import { countSupernet } from '../space/cost.js'
import { stepMemory } from '../space/step-memory.js'
import { outOfMemory, refuseTooLarge } from './out-of-memory.js'

const cost = countSupernet({ space: SPACES.darts, channels: 16, cells: 8, classes: 10 })
const ask = { of: 'stage 1', cost, batch: 64 }
const roomFor = (batch: number, more = 0): BackendMemory => ({
  bytes: stepMemory({ cost, batch }) + more - process.memoryUsage.rss(),
  giver: 'this machine',
  eager: false,
})

function failureOf(run: () => void) {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError)
    return (error as EngineError).failure
  }
  throw new Error('Expected it to be refused, but it was not.')
}

describe('refuseTooLarge', () => {
  test('lets through what fits, and what a GPU holds in memory of its own', () => {
    refuseTooLarge(ask, roomFor(65))
    refuseTooLarge(ask, null)
  })

  test('names what the step takes, what there is, and the largest batch that fits', () => {
    const failure = failureOf(() => refuseTooLarge(ask, roomFor(20, 30e6)))
    expect(failure.code).toBe('OUT_OF_MEMORY')
    expect(failure.message).toMatch(
      /^Expected a step of stage 1 to fit the \d\.\d GB that this machine can give, but with 64 images it takes about \d\.\d GB\.$/,
    )
    // What this process holds moves a little between the two looks at it.
    expect(failure.hint).toMatch(/^Use a batch of at most (19|20|21); fewer channels or cells take less too\.$/)
  })

  test('says where not even one image fits', () => {
    expect(failureOf(() => refuseTooLarge(ask, { ...roomFor(1), bytes: 0 })).hint).toMatch(
      /^Not even a batch of 1 fits/,
    )
  })
})

describe('outOfMemory', () => {
  let native = true
  beforeAll(async () => {
    native = (await pickBackend('auto')).name === 'tensorflow'
  })

  test('lets every other error be', () => {
    const error = new Error('x is not a function')
    expect(outOfMemory(error, ask)).toBe(error)
    const told = new EngineError('DIVERGED', 'Expected a finite loss.', 'out of memory')
    expect(outOfMemory(told, ask)).toBe(told)
  })

  test('tells what TensorFlow was asked for, and half the batch where the estimate would have allowed it', async (context) => {
    if (!native) context.skip('the native addon is not built here')
    // 36 TB at once: refused before a byte of it is touched, after the ten seconds for which TensorFlow waits for others to let go.
    const asked = () => tf.tidy(() => tf.mul(tf.ones([3_000_000, 1]), tf.ones([1, 3_000_000])))
    let thrown: unknown
    try {
      asked()
    } catch (error) {
      thrown = outOfMemory(error, ask)
    }
    expect(thrown).toBeInstanceOf(EngineError)
    const { code, message, hint } = (thrown as EngineError).failure
    expect(code).toBe('OUT_OF_MEMORY')
    expect(message).toContain('with 64 images')
    expect(message).toContain('OOM when allocating tensor with shape[3000000,3000000]')
    expect(hint).toMatch(/^Use a batch of at most \d+;/)
    expect(Number(/\d+/.exec(hint)![0])).toBeLessThanOrEqual(32)
    // The backend lives on.
    expect((await tf.add(tf.scalar(1), tf.scalar(1)).data())[0]).toBe(2)
  })
})

describe('a search', () => {
  test('of a batch that no machine has memory for is refused before its first step, and nothing is left of it', async () => {
    await pickBackend('auto')
    const before = tf.memory().numTensors
    const settings = resolveSettings(
      searchSettingsSchema.parse({ dataset: 'digits', space: 'darts', batch: 1024, channels: 512, stage1Cells: 20 }),
    )
    const told: string[] = []
    const run = async () => {
      for await (const event of search(settings, { dataFolder: '' })) told.push(event.type)
    }
    const failure = await run().then(
      () => null,
      (error: unknown) => (error as EngineError).failure,
    )
    expect(failure?.code).toBe('OUT_OF_MEMORY')
    expect(failure?.hint).toMatch(/batch of/)
    expect(told.at(-1)).toBe('stage-started')
    expect(tf.memory().numTensors).toBe(before)
  })
})
