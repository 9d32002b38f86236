// Whole searches on the digits that ship with the engine: what is told, in which order, and what survives a stop.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { engineEventSchema, type EngineEvent } from '@cellboard/schema/events'
import { resolveSettings, searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pickBackend, search, type SearchOptions } from '../index.js'

const tiny: SearchSettingsInput = {
  space: 'nas-bench-201',
  dataset: 'digits',
  images: 96,
  trainShare: 0.75,
  batch: 16,
  epochs: 2,
  channels: 4,
  stage1Cells: 1,
  stage2Cells: 1,
  alphaRate: 0.03,
  seed: 1,
}
const settingsOf = (more: SearchSettingsInput = {}) => resolveSettings(searchSettingsSchema.parse({ ...tiny, ...more }))

let folder: string
beforeAll(async () => {
  await pickBackend('auto')
  folder = mkdtempSync(join(tmpdir(), 'search-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function allOf(
  more: SearchSettingsInput = {},
  options: Partial<SearchOptions> = {},
  until = Infinity,
): Promise<EngineEvent[]> {
  const events: EngineEvent[] = []
  for await (const event of search(settingsOf(more), { dataFolder: folder, ...options })) {
    events.push(event)
    if (events.filter(({ type }) => type === 'checkpoint-written').length >= until) break
  }
  return events
}

/** The events without what no two runs share: durations. */
const timeless = (events: readonly EngineEvent[]) =>
  events.map((event) => {
    const {
      etaSeconds: _,
      seconds: __,
      metrics,
      ...rest
    } = event as Record<string, unknown> & { metrics?: Record<string, number> }
    return metrics ? { ...rest, metrics: { ...metrics, 'step-seconds': 0 } } : rest
  })
const ofType = <T extends EngineEvent['type']>(events: readonly EngineEvent[], type: T) =>
  events.filter((event): event is Extract<EngineEvent, { type: T }> => event.type === type)

describe('search', () => {
  it('tells both stages in order, each event as the schema says, and frees every tensor', async () => {
    const before = tf.memory().numTensors
    const events = await allOf()
    expect(events.map((event) => engineEventSchema.safeParse(event).error)).toEqual(events.map(() => undefined))
    expect(events[0]).toMatchObject({ type: 'started', steps: 2 * 2 * 4, dataset: { train: 72, validation: 24 } })
    expect(events.at(-1)).toMatchObject({ type: 'genotype-derived', final: true, genotype: { space: 'nas-bench-201' } })
    expect(ofType(events, 'step-finished').map(({ step }) => step)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
    expect(ofType(events, 'stage-started').map(({ stage }) => stage)).toEqual([1, 2])
    expect(ofType(events, 'epoch-finished').every(({ validationAccuracy }) => validationAccuracy !== undefined)).toBe(
      true,
    )
    const [chosen] = ofType(events, 'clusters-chosen')
    expect(chosen!.edges).toHaveLength(6)
    const stageTwo = ofType(events, 'stage-started')[1]!
    expect(stageTwo.edges.every(({ candidates }) => candidates.length === 3 && candidates[2] === 'none')).toBe(true)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('gives the same numbers for the same seed and others for another', async () => {
    const [one, same, other] = [await allOf(), await allOf(), await allOf({ seed: 2 })]
    expect(timeless(same)).toEqual(timeless(one))
    expect(timeless(other)).not.toEqual(timeless(one))
  })

  it.each([1, 2, 3])('goes on from checkpoint %i to the events of an uninterrupted search', async (until) => {
    const checkpointFolder = join(folder, `resumed-${until}`)
    const whole = await allOf({}, { checkpointFolder: join(folder, `whole-${until}`) })
    const first = await allOf({}, { checkpointFolder }, until)
    const rest = await allOf({}, { checkpointFolder })
    expect(rest[0]).toMatchObject({ type: 'started', resumedFrom: { step: until * 4 } })
    const told = (events: readonly EngineEvent[]) =>
      timeless(
        events.filter(({ type }) =>
          ['step-finished', 'epoch-finished', 'shares-measured', 'genotype-derived'].includes(type),
        ),
      )
    expect([...told(first), ...told(rest)]).toEqual(told(whole))
  })

  it('stops before the next step when the signal says so', async () => {
    const stop = new AbortController()
    const before = tf.memory().numTensors
    const events: EngineEvent[] = []
    const run = async () => {
      for await (const event of search(settingsOf(), { dataFolder: folder, signal: stop.signal })) {
        events.push(event)
        if (event.type === 'step-finished' && event.step === 3) stop.abort()
      }
    }
    await expect(run()).rejects.toMatchObject({ name: 'AbortError' })
    expect(events.at(-1)).toMatchObject({ type: 'step-finished', step: 3 })
    expect(tf.memory().numTensors).toBe(before)
  })

  it('ends as DIVERGED when the loss is no number any more, after telling the step', async () => {
    const events: EngineEvent[] = []
    const run = async () => {
      const wild = settingsOf({ weightRate: 10, gradientClip: 1e6, weightDecay: 1, epochs: 40, trainShare: 1 })
      for await (const event of search(wild, { dataFolder: folder })) events.push(event)
    }
    await expect(run()).rejects.toMatchObject({
      code: 'DIVERGED',
      hint: expect.stringContaining('weightRate') as string,
    })
    const last = ofType(events, 'step-finished').at(-1)!
    expect(Number.isFinite(last.metrics.loss) && Number.isFinite(last.metrics['gradient-norm'])).toBe(false)
  })

  it('searches the space of DARTS: both kinds of cell, two edges a node', async () => {
    const events = await allOf({ space: 'darts', stage1Cells: 3, stage2Cells: 3, epochs: 1, images: 32, trainShare: 1 })
    const last = events.at(-1)
    if (last?.type !== 'genotype-derived') throw new Error('Expected a genotype last.')
    for (const cell of [last.genotype.normal, last.genotype.reduction!]) {
      expect(cell.map((node) => node.length)).toEqual([2, 2, 2, 2])
      expect(cell.flat().every(({ operator }) => operator !== 'none')).toBe(true)
    }
  })
})
