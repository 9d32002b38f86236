// Whole searches on the digits that ship with the engine: what is told, in which order, and what survives a stop.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { engineEventSchema, type EngineEvent } from '@cellboard/schema/events'
import { genotypeText } from '@cellboard/schema/genotype-text'
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
  it('leaves the found cell as files, in a folder of its own, and names them last', async () => {
    const filesFolder = join(folder, 'files')
    const events = await allOf({}, { filesFolder })
    const last = events.at(-1)
    if (last?.type !== 'files-written') throw new Error('Expected the files last.')
    expect(last.files.map(({ name }) => name).sort()).toEqual(readdirSync(filesFolder).sort())
    const found = ofType(events, 'genotype-derived').at(-1)!.genotype
    expect(JSON.parse(readFileSync(join(filesFolder, 'genotype.json'), 'utf8'))).toEqual(found)
    expect(JSON.parse(readFileSync(join(filesFolder, 'card.json'), 'utf8'))).toMatchObject({
      genotype: genotypeText(found),
      data: { title: 'Digits (8x8)', trainImages: 96 },
    })
  })

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

  const others: [string, SearchSettingsInput, number][] = [
    ['darts', { method: 'darts', trainShare: 0.5, images: 128, eigenvalueEvery: 1 }, 1],
    ['random', { method: 'random', samples: 3, epochs: 1, trainShare: 0.5, images: 128 }, 2],
    ['stacnas with measured clusters', { clustering: 'average-linkage', clusteringImages: 48 }, 2],
    ['stacnas with a third stage', { zeroAttention: true }, 5],
  ]
  it.each(others)('goes on with %s too', async (name, more, until) => {
    const checkpointFolder = join(folder, name.replaceAll(' ', '-'))
    const whole = await allOf(more)
    const first = await allOf(more, { checkpointFolder }, until)
    const rest = await allOf(more, { checkpointFolder })
    expect(rest[0]).toMatchObject({ type: 'started', resumedFrom: { epoch: expect.any(Number) as number } })
    const told = (events: readonly EngineEvent[]) =>
      timeless(
        events.filter(({ type }) =>
          ['step-finished', 'epoch-finished', 'collapse-measured', 'candidate-trained', 'genotype-derived'].includes(
            type,
          ),
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

  it('reports collapse at every epoch, with an eigenvalue where one is asked for', async () => {
    const reports = ofType(await allOf({ eigenvalueEvery: 2 }), 'collapse-measured')
    expect(reports.map(({ stage, epoch }) => `${stage} ${epoch}`)).toEqual(['1 1', '1 2', '2 1', '2 2'])
    expect(reports.map(({ eigenvalue }) => eigenvalue === null)).toEqual([true, false, true, false])
    expect(reports.every(({ entropy, noneShare }) => entropy > 0 && entropy <= 1 && noneShare > 0)).toBe(true)
  })

  it('leaves the logits as they are while the weights warm up', async () => {
    const shares = ofType(await allOf({ alphaWarmup: 1, epochs: 3 }), 'shares-measured')
    const spread = (edges: readonly (readonly number[])[]) =>
      Math.max(...edges.map((edge) => Math.max(...edge) - Math.min(...edge)))
    expect(spread(shares[0]!.shares)).toBeLessThan(0.002) // 0.001 of noise, as they began
    expect(spread(shares[2]!.shares)).toBeGreaterThan(0.02)
  })
})

describe('darts', () => {
  const bi: SearchSettingsInput = { method: 'darts', trainShare: 0.5, images: 128 }

  it.each(['first-order', 'second-order', 'one-level'] as const)('searches in one stage, %s', async (optimisation) => {
    const events = await allOf({ ...bi, optimisation })
    expect(events[0]).toMatchObject({ type: 'started', steps: 2 * 4 })
    const [stage] = ofType(events, 'stage-started')
    expect(stage!.edges[0]!.candidates).toHaveLength(5)
    expect(ofType(events, 'stage-started')).toHaveLength(1)
    const bilevel = optimisation !== 'one-level'
    const steps = ofType(events, 'step-finished')
    expect(steps.every(({ metrics }) => (metrics['validation-loss'] !== undefined) === bilevel)).toBe(true)
    expect(events.at(-1)).toMatchObject({ type: 'genotype-derived', stage: 1, final: true })
  })

  it('moves its logits by other images than it trains on', async () => {
    // With no rate for the logits only the weights move: the losses of both searches are the same, those of validation are not.
    const [one] = ofType(await allOf({ ...bi, alphaRate: 1e-9 }), 'step-finished')
    expect(one!.metrics['validation-loss']).not.toBe(one!.metrics.loss)
  })

  it('stops early, says why, and goes back to the epoch that is kept', async () => {
    const events = await allOf({ ...bi, epochs: 6, earlyStop: 'ranking', stopFrom: 1, stopStable: 1, alphaRate: 1e-9 })
    const [stopped] = ofType(events, 'stopped-early')
    expect(stopped).toMatchObject({ stage: 1, rule: 'ranking' })
    expect(stopped!.epoch).toBeLessThan(6)
    const derived = ofType(events, 'genotype-derived')
    expect(derived.at(-1)!.genotype).toEqual(derived[stopped!.kept - 1]!.genotype)
  })

  it('keeps its cell within limits', async () => {
    const skips = (events: readonly EngineEvent[]) =>
      ofType(events, 'genotype-derived')
        .at(-1)!
        .genotype.normal.flat()
        .filter(({ operator }) => operator === 'skip_connect').length
    expect(skips(await allOf({ ...bi, skipLimit: 0 }))).toBe(0)
    await expect(allOf({ ...bi, parameterLimit: 0.00001 })).rejects.toMatchObject({ code: 'BAD_SETTINGS' })
  })
})

describe('random search', () => {
  const random: SearchSettingsInput = { method: 'random', samples: 3, epochs: 1, trainShare: 0.5, images: 128 }

  it('trains cells one by one and keeps the one that validates best', async () => {
    const before = tf.memory().numTensors
    const events = await allOf(random)
    expect(events.map((event) => engineEventSchema.safeParse(event).error)).toEqual(events.map(() => undefined))
    const trained = ofType(events, 'candidate-trained')
    expect(trained.map(({ number }) => number)).toEqual([1, 2, 3])
    const best = Math.max(...trained.map(({ validationAccuracy }) => validationAccuracy))
    expect(events.at(-1)).toMatchObject({
      type: 'genotype-derived',
      final: true,
      genotype: trained.find(({ validationAccuracy }) => validationAccuracy === best)!.genotype,
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('what is measured on the way', () => {
  const measured: SearchSettingsInput = {
    space: 'darts',
    ...{ images: 48, trainShare: 1, batch: 16, epochs: 1, channels: 2, stage1Cells: 3, stage2Cells: 3 },
  }

  it('clusters of operators, on a supernet with all candidates', async () => {
    const events = await allOf({ ...measured, clustering: 'average-linkage', clusteringImages: 48 })
    expect(events.map((event) => engineEventSchema.safeParse(event).error)).toEqual(events.map(() => undefined))
    expect(ofType(events, 'stage-started').map(({ stage }) => stage)).toEqual([0, 1, 2])
    const [found] = ofType(events, 'operators-clustered')
    expect(found).toMatchObject({ origin: 'measured', cell: null, correlation: { images: 48 } })
    expect(found!.clusters.flatMap(({ operators }) => operators).sort()).toEqual(
      found!.correlation!.operators.slice().sort(),
    )
    expect(found!.linkage).toHaveLength(6)
    const one = ofType(events, 'stage-started')[1]!
    expect(one.edges[0]!.candidates).toEqual([...found!.clusters.map(({ representative }) => representative), 'none'])
  })

  it('the depth of each stage, whose confusion is nearest the final network', async () => {
    const depth = { depthChoices: [1, 2], finalCells: 2, finalChannels: 4, confusionBatches: 3, confusionBatch: 8 }
    const events = await allOf({ depth: 'auto', ...depth })
    const matched = ofType(events, 'depth-matched')
    expect(matched.map(({ stage, origin }) => `${stage} ${origin}`)).toEqual(['1 measured', '2 measured'])
    for (const { cells, measured: choices } of matched) {
      expect(choices!.map((one) => one.cells)).toEqual([1, 2])
      expect([1, 2]).toContain(cells)
    }
    expect(ofType(events, 'stage-started').map(({ cells }) => cells)).toEqual(matched.map(({ cells }) => cells))
  })

  it('what each kept operator gets against none, in a third stage', async () => {
    const events = await allOf({ zeroAttention: true })
    const third = ofType(events, 'stage-started')[2]!
    expect(third.stage).toBe(3)
    expect(third.edges.every(({ candidates }) => candidates.length === 2 && candidates[1] === 'none')).toBe(true)
    expect(events.at(-1)).toMatchObject({ type: 'genotype-derived', stage: 2, final: true })
  })
})
