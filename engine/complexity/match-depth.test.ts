// A depth matched on the digits: what it tells, and the depth that is nearest by hand.
import { DATASETS } from '@cellboard/schema/datasets'
import { engineEventSchema, type EngineEvent } from '@cellboard/schema/events'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { SPACES } from '@cellboard/schema/spaces'
import { beforeAll, describe, expect, it } from 'vitest'
import { pickBackend } from '../backend/pick.js'
import { loadDataset } from '../data/sets/load.js'
import type { Images } from '../data/images.js'
import { randomStream } from '../data/random.js'
import { sameClusters, stageOneCandidates } from '../space/candidates.js'
import { randomGenotype } from '../space/random-genotype.js'
import type { Subject } from './subject.js'
import { matchDepth, type MatchedDepth } from './match-depth.js'
import { nearestDepth } from './nearest-depth.js'

const at = (cells: number, lowCosine: number) => ({
  cells,
  confusion: { pairs: 1, minCosine: -1, minInnerProduct: -1, lowCosine, negativeShare: 0 },
})

describe('nearestDepth', () => {
  it('is the one whose statistic is nearest, the shallowest of equals', () => {
    const measured = [at(8, 0.2), at(20, 0.1), at(14, 0.1), at(11, -0.3)]
    expect(nearestDepth(at(20, 0.3), measured, 'lowCosine').cells).toBe(8)
    expect(nearestDepth(at(20, 0.12), measured, 'lowCosine').cells).toBe(14)
    expect(nearestDepth(at(20, -0.2), measured, 'lowCosine').cells).toBe(11)
    expect(nearestDepth(at(20, -0.2), measured, 'negativeShare').cells).toBe(11) // all are 0
  })
})

describe('matchDepth', () => {
  let train: Images
  beforeAll(async () => {
    await pickBackend('auto')
    train = (await loadDataset('digits', '')).train
  })
  const space = SPACES['nas-bench-201']
  const settings = resolveSettings(
    searchSettingsSchema.parse({
      ...{ space: space.name, dataset: 'digits', channels: 4, finalChannels: 4, finalCells: 2, seed: 1 },
      ...{ depth: 'auto', depthChoices: [2, 1], confusionBatches: 3, confusionBatch: 16 },
    }),
  )
  const candidates = stageOneCandidates(space, sameClusters(settings.clusters))
  const references = [1, 2].map((seed) => randomGenotype(space, randomStream(seed, 'references')))

  async function match(signal?: AbortSignal) {
    const events: EngineEvent[] = []
    const matching = matchDepth(1, candidates, references, settings, { space, facts: DATASETS.digits, train, signal })
    for (;;) {
      const { done, value } = await matching.next()
      if (done) return { events, matched: value satisfies MatchedDepth }
      events.push(engineEventSchema.parse(value))
    }
  }

  it('measures each depth and the final network on three draws, and takes the nearest', async () => {
    const { events, matched } = await match()
    expect(matched.target.cells).toBe(2)
    expect(matched.measured.map(({ cells }) => cells)).toEqual([2, 1])
    for (const { confusion } of [matched.target, ...matched.measured]) {
      expect(confusion.pairs).toBe(3)
      expect(confusion.lowCosine).toBeGreaterThanOrEqual(confusion.minCosine)
    }
    expect(matched.cells).toBe(nearestDepth(matched.target, matched.measured, settings.confusionStatistic).cells)
    expect(events).toHaveLength(3 * 3)
    expect(events.every(({ type }) => type === 'preparing')).toBe(true)
    expect(events[0]).toMatchObject({ etaSeconds: null, what: expect.stringContaining('the final network') as string })
    expect((events.at(-1) as { etaSeconds: number }).etaSeconds).toBeGreaterThan(0)
    expect((await match()).matched).toEqual(matched)
  })

  it('asks for each network whether it may be built, before any is', async () => {
    const asked: string[] = []
    const admit = ({ name }: Subject, batch: number) => {
      asked.push(`${name}, ${batch}`)
      if (name === 'the supernet of 1 cell') throw new Error('Too large.')
    }
    const context = { space, facts: DATASETS.digits, train, admit }
    await expect(matchDepth(1, candidates, references, settings, context).next()).rejects.toThrow('Too large.')
    const final = 'the final network of 2 cells, 16'
    expect(asked).toEqual([final, final, 'the supernet of 2 cells, 16', 'the supernet of 1 cell, 16'])
  })

  it('stops when the signal says so', async () => {
    await expect(match(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })
})
