// A person asks for the same search with three seeds, sees what each measured and found, and sets random search beside them.
import { expect, test } from 'vitest'
import { decode, Follower, type Client } from '../kit/client.js'
import { lossAt } from '../kit/fake-engine.js'
import { startWithFakeEngine } from '../kit/server.js'

const START = `mutation ($input: SearchInput!, $seeds: [Int!]) { startSearch(input: $input, seeds: $seeds) {
  id name seed group { id name method runs { id name seed state group { id } } }
} }`
const BASELINE = `mutation ($group: ID!, $epochs: Int) { startRandomBaseline(group: $group, epochs: $epochs) {
  id name method baselineOf { id } runs { id name seed settings }
} }`
const GROUP = `query ($id: ID!) { group(id: $id) {
  loss: aggregate(metric: "loss") { mean deviation n }
  best: aggregate(metric: "loss", pick: MIN) { mean deviation n }
  absent: aggregate(metric: "no-such") { mean deviation n }
  cost { mean n }
  series(name: "loss") { x mean min max runs }
  genotypes { seeds genotype { text } }
  randomBaseline { id }
} }`
const FINDINGS = `query ($id: ID!) { run(id: $id) { ... on Search {
  cost { seconds device }
  clusterings { cell origin clusters { operators representative } correlation { operators rho unseen images edges }
    linkage { left right height } cut { rule height scores { clusters silhouette } } }
  depths { stage cells origin confusion { network cells minCosine minInnerProduct lowCosine negativeShare pairs matched } }
  collapse { verdict stage since reasons history { stage epoch skips edges noneShare entropy eigenvalue verdict } }
  stops { stage epoch rule reason kept }
  candidates { number of parameters validationAccuracy best genotype { text } }
  space { name network keep edges { cell from to candidates } }
  stages { index state epochsDone }
} } }`

const INPUT = {
  space: 'nas-bench-201',
  dataset: 'digits',
  channels: 4,
  images: 128,
  batch: 32,
  epochs: 3,
  depth: 'auto',
  depthChoices: [1, 2, 3],
  confusionBatches: 2,
  confusionBatch: 16,
  clustering: 'average-linkage',
  earlyStop: 'skips',
  stopFrom: 2,
}
const SEEDS = [7, 9, 10]
/** Four steps an epoch, two of three epochs a stage: stage 2 counts on where stage 1 would have ended. */
const LAST_STEP = 4 * 3 + 4 * 2

interface Started {
  readonly startSearch: {
    readonly id: string
    readonly group: { id: string; name: string; method: string; runs: { id: string; name: string; seed: number }[] }
  }
}

interface Findings {
  readonly run: Record<'clusterings' | 'depths' | 'stops' | 'candidates' | 'stages', object[]> & {
    readonly cost: { seconds: number; device: string }
    readonly collapse: { history: object[] } | null
    readonly space: { name: string; network: string; edges: object[] }
  }
}

interface Group {
  readonly group: Record<'loss' | 'best' | 'absent', object> & {
    readonly cost: { mean: number; n: number }
    readonly series: Record<'x' | 'mean' | 'min' | 'max' | 'runs', string>
    readonly genotypes: { seeds: number[]; genotype: { text: string } }[]
    readonly randomBaseline: { id: string } | null
  }
}

interface Baseline {
  readonly startRandomBaseline: {
    readonly id: string
    readonly name: string
    readonly runs: { id: string; name: string; settings: Record<string, unknown> }[]
  }
}

const untilAllEnd = (client: Client, runs: readonly { id: string }[]) =>
  Promise.all(runs.map(({ id }) => new Follower(id).untilEnd(client)))

test('a group of three seeds is started, followed and aggregated, with random search at its cost beside it', async () => {
  const server = await startWithFakeEngine({ env: { CELLBOARD_RUNNERS: '2' } })
  const client = await server.signIn()
  const { startSearch: first } = await client.ask<Started>(START, { input: INPUT, seeds: SEEDS })
  const { group } = first
  const name = 'NAS-Bench-201 on Digits (8x8) by StacNAS'
  expect(first).toMatchObject({ name: `${name}, seed 7`, seed: 7 })
  expect(group).toMatchObject({ name, method: 'STACNAS' })
  expect(group.runs).toMatchObject(
    SEEDS.map((seed) => ({ name: `${name}, seed ${seed}`, seed, group: { id: group.id } })),
  )
  expect(await client.ask('query ($id: ID!) { node(id: $id) { id __typename } }', { id: group.id })).toEqual({
    node: { id: group.id, __typename: 'RunGroup' },
  })

  const early = await client.request(BASELINE, { group: group.id })
  if (early.errors) expect(early.errors[0]!.extensions.code).toBe('CONFLICT')
  await untilAllEnd(client, group.runs)

  const { run } = await client.ask<Findings>(FINDINGS, { id: first.id })
  expect(run.cost.device).toBe('make-believe')
  expect(run.clusterings).toMatchObject([
    {
      cell: null,
      origin: 'MEASURED',
      correlation: { images: 128, edges: 6, unseen: [], operators: { length: 4 }, rho: { length: 4 } },
      linkage: [{ left: 0, right: 1, height: 0.2 }, {}, {}],
      cut: { rule: 'SILHOUETTE', height: 0.6, scores: [{ clusters: 3 }] },
    },
  ])
  expect(run.depths).toMatchObject(
    [1, 2].map((stage) => ({
      stage,
      cells: 2,
      origin: 'MEASURED',
      confusion: [
        { network: 'FINAL', cells: 5, pairs: 105, minCosine: -0.1, matched: false },
        { network: 'SUPERNET', cells: 1, minCosine: 0, matched: false },
        { network: 'SUPERNET', cells: 2, minCosine: -0.1, matched: true },
        { network: 'SUPERNET', cells: 3, minInnerProduct: -2, matched: false },
      ],
    })),
  )
  expect(run.collapse).toMatchObject({ verdict: 'WARNING', stage: 2, since: 2, reasons: ['Skips grow.'] })
  expect(run.collapse!.history).toMatchObject([
    { stage: 1, epoch: 1, skips: 1, edges: 6, eigenvalue: null, verdict: 'HEALTHY' },
    { stage: 1, epoch: 2 },
    { stage: 2, epoch: 1, eigenvalue: 1, verdict: 'HEALTHY' },
    { stage: 2, epoch: 2, eigenvalue: 2, verdict: 'WARNING' },
  ])
  expect(run.stops).toMatchObject([1, 2].map((stage) => ({ stage, epoch: 2, rule: 'SKIPS', kept: 2 })))
  expect(run.stages).toEqual([1, 2].map((index) => ({ index, state: 'FINISHED', epochsDone: 2 })))
  expect(run.space).toMatchObject({ name: 'nas-bench-201', network: 'nas-bench-201', edges: { length: 6 } })
  expect(run.candidates).toEqual([])

  const { group: seen } = await client.ask<Group>(GROUP, { id: group.id })
  expect(seen.loss).toMatchObject({ mean: lossAt(LAST_STEP), n: 3 })
  expect(seen.best).toEqual(seen.loss)
  expect(seen.absent).toEqual({ mean: null, deviation: null, n: 0 })
  const { x, mean, runs } = seen.series
  expect(decode(x)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 13, 14, 15, 16, 17, 18, 19, 20])
  decode(mean).forEach((value, i) => expect(value).toBeCloseTo(lossAt(decode(x)[i]!), 12))
  expect(new Set(decode(runs))).toEqual(new Set([3]))
  expect(seen.genotypes.map(({ seeds }) => seeds)).toEqual([[7, 10], [9]])
  expect(seen.genotypes[1]!.genotype.text).toContain('skip_connect')
  expect(seen.randomBaseline).toBeNull()
  expect(seen.cost.n).toBe(3)

  const { startRandomBaseline: baseline } = await client.ask<Baseline>(BASELINE, { group: group.id, epochs: 1 })
  expect(baseline).toMatchObject({ name: `${name}: random search at equal cost`, method: 'RANDOM' })
  expect(baseline.runs.map(({ settings }) => settings.seed)).toEqual(SEEDS)
  for (const { settings } of baseline.runs)
    expect(settings).toMatchObject({ method: 'random', epochs: 1, batch: 32, channels: 4, trainShare: 0.5 })
  await untilAllEnd(client, baseline.runs)
  const found = await client.ask<Findings>(FINDINGS, { id: baseline.runs[0]!.id })
  const { samples } = baseline.runs[0]!.settings
  expect(found.run.candidates).toHaveLength(samples as number)
  expect(found.run.candidates[0]).toMatchObject({ number: 1, of: samples, parameters: 1001, validationAccuracy: 0.5 })
  expect((await client.ask<Group>(GROUP, { id: group.id })).group.randomBaseline).toEqual({ id: baseline.id })

  const again = await client.request(BASELINE, { group: baseline.id })
  expect(again.errors![0]!.extensions.code).toBe('CONFLICT')
  const dear = await client.request(BASELINE, { group: group.id, epochs: 10_000 })
  expect(dear.errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'epochs' }] })
  const nowhere = await client.request(GROUP, { id: 'group-99' })
  expect(nowhere.errors![0]!.extensions.code).toBe('NOT_FOUND')
})
