// Whole trainings: what is told and in which order, learning by heart, stopping and going on, patience, and what is refused.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { engineEventSchema, type EngineEvent } from '@cellboard/schema/events'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeCheckpoint } from '../checkpoint.js'
import { train, type TrainOptions } from './train.js'
import { quickTraining, timeless } from './training-fixture.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'training-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const checkpoint = () => join(folder, 'checkpoint')
async function told(
  settings: ResolvedTrainingSettings,
  options: Omit<TrainOptions, 'dataFolder'> = {},
  until: (event: EngineEvent) => boolean = () => false,
): Promise<EngineEvent[]> {
  const events: EngineEvent[] = []
  for await (const event of train(settings, { dataFolder: folder, ...options })) {
    events.push(event)
    if (until(event)) break
  }
  return events
}
const of = <T extends EngineEvent['type']>(events: readonly EngineEvent[], type: T) =>
  events.filter((event): event is Extract<EngineEvent, { type: T }> => event.type === type)
const atStep = (step: number) => (event: EngineEvent) => event.type === 'step-finished' && event.step === step

describe('a training', () => {
  it('tells all that happens, counts every test image once, and leaves no tensor behind', async () => {
    await told(quickTraining({ epochs: 1 })) // the backend keeps tensors of its own
    const before = tf.memory().numTensors
    const files = join(folder, 'files')
    const settings = quickTraining({ trainShare: 0.8, testImages: 0, formats: ['tensorflowjs'] })
    const events = await told(settings, { checkpointFolder: checkpoint(), filesFolder: files })
    expect(tf.memory().numTensors).toBe(before)
    for (const event of events) engineEventSchema.parse(event)
    const epoch = [...Array.from({ length: 4 }, () => 'step-finished'), 'epoch-finished', 'checkpoint-written']
    expect(events.map(({ type }) => type)).toEqual([
      ...['started', 'network-built', 'preparing', ...epoch, ...epoch],
      ...['preparing', 'test-measured', 'files-written'],
    ])
    expect(events[0]).toMatchObject({ dataset: { train: 128, validation: 32, classes: 10 }, steps: 8 })
    const [measured] = of(events, 'test-measured')
    expect(measured!.images).toBe(1797) // 56 batches of 32, and 5 images
    expect(measured!.confusion!.flat().reduce((sum, count) => sum + count, 0)).toBe(1797)
    const right = measured!.confusion!.reduce((sum, row, i) => sum + row[i]!, 0)
    expect(measured!.accuracy).toBe(right / 1797)
    const last = of(events, 'epoch-finished').at(-1)!
    expect(last).toMatchObject({ testAccuracy: measured!.accuracy, testLoss: measured!.loss })
    expect(last.validationAccuracy).toBeGreaterThanOrEqual(0)
    expect(measured!.mistakes).toHaveLength(24)
    const [written] = of(events, 'files-written')
    expect(written!.files.map(({ name }) => name)).toEqual(expect.arrayContaining(['model.json', 'card.json']))
    const card = JSON.parse(readFileSync(join(files, 'card.json'), 'utf8')) as object
    expect(card).toMatchObject({ accuracy: { last: measured!.accuracy, best: measured!.best }, settings: { seed: 1 } })
  })

  it('learns one batch by heart', async () => {
    const plain = { dropPath: 0, labelSmoothing: 0, cutout: 0, ema: 0, crop: 'none', weightRate: 0.05 } as const
    const events = await told(quickTraining({ ...plain, images: 32, epochs: 60, evaluateEvery: 60 }))
    expect(of(events, 'epoch-finished').at(-1)!.trainAccuracy).toBe(1)
    expect(of(events, 'epoch-finished').filter(({ testAccuracy }) => testAccuracy !== undefined)).toHaveLength(1)
  })

  it('ends when patience does, and hands out what its last epoch left', async () => {
    const settings = quickTraining({ epochs: 9, weightRate: 1e-12, ema: 0, trainShare: 0.6, patience: 2 })
    const events = await told(settings)
    // No weight moves, and what the running statistics still learn of 96 images may help for some epochs.
    const [stopped] = of(events, 'stopped-early')
    const epochs = of(events, 'epoch-finished')
    const best = epochs.reduce((best, one) => (one.validationAccuracy! > best.validationAccuracy! ? one : best))
    expect(stopped).toMatchObject({ rule: 'patience', epoch: best.epoch + 2, kept: best.epoch + 2 })
    expect(events.at(-1)).toMatchObject({ type: 'test-measured', epoch: stopped!.epoch })
  })
})

describe('a training that was stopped', () => {
  it('goes on to the same events and the same network, wherever it was', async () => {
    const formats = { formats: ['tensorflowjs' as const] }
    const whole = await told(quickTraining(formats), {
      checkpointFolder: checkpoint(),
      filesFolder: join(folder, 'whole'),
    })
    const [started, built, ...rest] = timeless(whole.filter(({ type }) => type !== 'preparing'))
    for (const [i, stop] of [
      atStep(2),
      atStep(5),
      (event: EngineEvent) => event.type === 'epoch-finished',
      atStep(8),
    ].entries()) {
      const options = { checkpointFolder: join(folder, `checkpoint-${i}`), filesFolder: join(folder, `files-${i}`) }
      const before = await told(quickTraining(formats), options, stop)
      const after = await told(quickTraining({ ...formats, workers: 1 }), options)
      expect(after[0]).toMatchObject({
        ...(started as object),
        resumedFrom: { step: of(before, 'step-finished').at(-1)!.step },
      })
      expect(timeless(after)[1]).toEqual(built)
      const heard = [...before, ...after].filter(({ type }) => !['started', 'network-built', 'preparing', 'files-written'].includes(type)) // prettier-ignore
      const expected = rest.filter((event) => (event as EngineEvent).type !== 'files-written')
      // Where it was left at an epoch's end, its checkpoint was written without being told.
      const untold = (events: unknown[]) =>
        events.filter((event) => (event as EngineEvent).type !== 'checkpoint-written')
      expect(untold(timeless(heard))).toEqual(untold(expected))
      for (const name of ['weights.bin', 'model.json'])
        expect(readFileSync(join(folder, `files-${i}`, name))).toEqual(readFileSync(join(folder, 'whole', name)))
    }
  })

  it('by its signal, ends with its reason and keeps where it was', async () => {
    const stop = new AbortController()
    const options = { checkpointFolder: checkpoint(), signal: stop.signal }
    const heard: EngineEvent[] = []
    const ended = (async () => {
      for await (const event of train(quickTraining(), { dataFolder: folder, ...options })) {
        heard.push(event)
        if (atStep(3)(event)) stop.abort()
      }
    })()
    await expect(ended).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error)
    const [started] = await told(quickTraining(), { checkpointFolder: checkpoint() }, () => true)
    expect(started).toMatchObject({ resumedFrom: { epoch: 0, step: of(heard, 'step-finished').length } })
  })

  it('once it was done, tells its test and hands out again', async () => {
    await told(quickTraining({ epochs: 1 }), { checkpointFolder: checkpoint() })
    const again = await told(quickTraining({ epochs: 1 }), { checkpointFolder: checkpoint() })
    expect(again.map(({ type }) => type)).toEqual(['started', 'network-built', 'preparing', 'test-measured'])
  })
})

describe('refused is', () => {
  const failing = (settings: ResolvedTrainingSettings, code: string, message: RegExp) =>
    expect(told(settings, { checkpointFolder: checkpoint() })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    })

  it('a checkpoint of other settings or of another kind', async () => {
    await told(quickTraining({ epochs: 1 }), { checkpointFolder: checkpoint() })
    await failing(
      quickTraining({ epochs: 1, channels: 2, seed: 2 }),
      'BAD_CHECKPOINT',
      /other settings: (seed, channels|channels, seed)\./,
    )
    const search = resolveSettings(searchSettingsSchema.parse({ dataset: 'digits' }))
    writeCheckpoint(checkpoint(), {
      settings: search,
      stage: 1,
      epoch: 1,
      step: 1,
      decided: {},
      history: [],
      tensors: {},
    })
    await failing(quickTraining({ epochs: 1 }), 'BAD_CHECKPOINT', /this training .* one of a search/)
  })

  it('a cell with an operator or a state that there is not', async () => {
    const cell = quickTraining().genotype
    await failing(
      quickTraining({ genotype: cell.replace('nor_conv_1x1', 'nor_conv_9x9') }),
      'BAD_SETTINGS',
      /nor_conv_9x9/,
    )
    await failing(
      quickTraining({ genotype: cell.replace('nor_conv_3x3~2', 'nor_conv_3x3~7') }),
      'BAD_SETTINGS',
      /node 2/,
    )
  })

  it('a batch that there are too few images for', () =>
    failing(quickTraining({ images: 31 }), 'BAD_SETTINGS', /at least 32 training images/))

  it('a training whose loss has left the finite', async () => {
    await failing(
      { ...quickTraining({ epochs: 3 }), weightRate: 1e30, gradientClip: 0 },
      'DIVERGED',
      /finite .* in step \d/,
    )
  })

  it('a network that no machine has memory for', () =>
    failing(quickTraining({ channels: 512, cells: 100, batch: 160 }), 'OUT_OF_MEMORY', /a step of this training/))
})
