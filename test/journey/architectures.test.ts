// Two searches find isomorphic cells: they share one architecture, with what it costs, what a benchmark knows of it and who has it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Follower, type Client } from '../kit/client.js'
import { ISOMORPHIC } from '../kit/fake-findings.js'
import { join as joinTeam, makeTeam } from '../kit/people.js'
import { newHome, startWithFakeEngine } from '../kit/server.js'

const SEARCH = `mutation ($seeds: [Int!]) { startSearch(
  input: { space: "nas-bench-201", dataset: "digits", epochs: 1, channels: 4, images: 64, batch: 32 }, seeds: $seeds
) { group { id runs { id } } } }`
const TRAIN = `mutation ($genotype: String, $search: ID) { startTraining(
  input: { genotype: $genotype, dataset: "digits", channels: 4, cells: 3, epochs: 1, images: 64, batch: 32 }, search: $search
) { id architecture { id } } }`
const OF_SEARCH = '{ run(id: "ID") { ... on Search { genotype { text } architecture { id } } } }'
const ARCHITECTURE = `query ($id: ID!) { architecture(id: $id) {
  id space genotype { text } parameters multiplyAdds
  foundBy { totalCount edges { node { id } } } trainedBy { totalCount edges { node { id search { id } } } }
  tabulated { benchmark cell dataset epochs accuracy rank of percentile }
} }`

interface Shown {
  readonly id: string
  readonly genotype: { text: string }
  readonly parameters: number
  readonly multiplyAdds: number
  readonly foundBy: { totalCount: number; edges: { node: { id: string } }[] }
  readonly trainedBy: { totalCount: number; edges: { node: { id: string; search: { id: string } | null } }[] }
  readonly tabulated: object[]
}

/** A folder of data with a table of four cells, the two isomorphic ones among them. */
function dataWithTable(): string {
  const folder = newHome()
  mkdirSync(join(folder, 'nas-bench-201'))
  const skips = '|skip_connect~0|+|skip_connect~0|skip_connect~1|+|skip_connect~0|skip_connect~1|skip_connect~2|'
  const table = [
    'index,arch,c10_test_200ep,c100_test_200ep,in16_test_200ep',
    `0,${skips},54.3,15.6,16.3`,
    `1,${ISOMORPHIC[201]},80,50,20`,
    `2,${ISOMORPHIC[202]},82.5,49,21`,
    `3,${skips.replaceAll('skip_connect', 'nor_conv_3x3')},93.8,71.1,41.4`,
  ]
  writeFileSync(join(folder, 'nas-bench-201', 'nb201_accuracy.csv.gz'), gzipSync(table.join('\n')))
  return folder
}

const idsOf = ({ edges }: { edges: { node: { id: string } }[] }) => edges.map(({ node }) => node.id)
const ask = async (client: Client, id: string) =>
  (await client.ask<{ architecture: Shown }>(ARCHITECTURE, { id })).architecture

interface Started {
  readonly startSearch: { group: { id: string; runs: { id: string }[] } }
}

async function searchTwice(client: Client) {
  const { startSearch } = await client.ask<Started>(SEARCH, { seeds: [201, 202] })
  const { id, runs } = startSearch.group
  for (const run of runs) await new Follower(run.id).untilEnd(client)
  return { group: id, searches: runs.map((run) => run.id) }
}

const train = async (client: Client, wish: object) =>
  (await client.ask<{ startTraining: { id: string; architecture: { id: string } } }>(TRAIN, wish)).startTraining

test('searches that find isomorphic cells share an architecture, and so does a training', async () => {
  const server = await startWithFakeEngine({ env: { CELLBOARD_DATA: dataWithTable() } })
  const client = await server.signIn()
  const { group, searches } = await searchTwice(client)
  const found = await Promise.all(
    searches.map((id) =>
      client.ask<{ run: { genotype: { text: string }; architecture: { id: string } } }>(OF_SEARCH.replace('ID', id)),
    ),
  )
  expect(found.map(({ run }) => run.genotype.text)).toEqual([ISOMORPHIC[201], ISOMORPHIC[202]])
  const [id, other] = found.map(({ run }) => run.architecture.id)
  expect(id).toMatch(/^architecture-[0-9a-f]{16}$/)
  expect(other).toBe(id)

  const training = await train(client, { search: searches[1] })
  expect(training.architecture.id).toBe(id)

  const shown = await ask(client, id!)
  expect(idsOf(shown.foundBy)).toEqual([...searches].reverse())
  expect(shown.trainedBy).toEqual({
    totalCount: 1,
    edges: [{ node: { id: training.id, search: { id: searches[1] } } }],
  })
  // One 3x3 convolution: Dong & Yang 2020.
  expect([shown.parameters, shown.multiplyAdds]).toEqual([73_306 + 243_040, 7_783_050 + 35_389_440])
  const results = (dataset: string, of: [string, number, number][]) =>
    of.map(([cell, accuracy, rank]) => ({
      ...{ benchmark: 'nas-bench-201', cell, dataset, epochs: 200, accuracy, rank, of: 4 },
      percentile: 1 - (rank - 1) / 4,
    }))
  const [one, two] = [ISOMORPHIC[201]!, ISOMORPHIC[202]!]
  expect(shown.tabulated).toEqual([
    ...results('cifar10', [
      [two, 0.825, 2],
      [one, 0.8, 3],
    ]),
    ...results('cifar100', [
      [one, 0.5, 2],
      [two, 0.49, 3],
    ]),
    ...results('imagenet16-120', [
      [two, 0.21, 2],
      [one, 0.2, 3],
    ]),
  ])

  const together = await client.ask<object>(
    `{ node(id: "${id}") { __typename id }
      group(id: "${group}") { genotypes { seeds genotype { text } architecture { id } } }
      architectures { totalCount edges { node { id } } } }`,
  )
  expect(together).toEqual({
    node: { __typename: 'Architecture', id },
    group: { genotypes: [{ seeds: [201, 202], genotype: { text: one }, architecture: { id } }] },
    architectures: { totalCount: 1, edges: [{ node: { id } }] },
  })
})

test('a cost is counted for any network of its cells that can be built', async () => {
  const server = await startWithFakeEngine()
  const client = await server.signIn()
  const { architecture } = await train(client, { genotype: 'DARTS_V2' })
  const cost = (field: string) => client.request(`{ architecture(id: "${architecture.id}") { cost: ${field} } }`)
  expect((await cost('parameters')).data).toEqual({ architecture: { cost: 3_349_342 } })
  expect((await cost('multiplyAdds(channels: 48, cells: 14, classes: 1000, size: 224)')).errors).toBeUndefined()
  for (const wrong of [
    'parameters(channels: 0)',
    'parameters(cells: 1)',
    'multiplyAdds(size: 30)',
    'parameters(classes: 0)',
  ])
    expect((await cost(wrong)).errors?.[0], wrong).toMatchObject({
      message: expect.stringContaining('Expected') as string,
      extensions: { code: 'BAD_USER_INPUT' },
    })
})

test('who sees no run of it is told what is told of one that was never there', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const { searches } = await searchTwice(owner)
  const training = await train(owner, { search: searches[0] })
  const { id } = training.architecture
  const stranger = await joinTeam(owner, { name: 'other' })
  const { project } = await makeTeam(stranger, 'elsewhere')
  await owner.ask('mutation ($user: ID!) { removeMember(team: "team-1", user: $user) }', { user: stranger.id })

  const never = `architecture-${'0'.repeat(16)}`
  for (const query of ['{ architecture(id: "ID") { id space } }', '{ node(id: "ID") { id } }']) {
    const told = await Promise.all(
      [id, never].map(async (one) => {
        const answer = JSON.stringify(await stranger.request(query.replace('ID', one)))
        return answer.replaceAll(one, 'ID').replace(/"requestId":"\w+"/, '')
      }),
    )
    expect(told[0], query).toBe(told[1])
  }
  expect(await stranger.ask('{ architectures { totalCount edges { node { id } } } }')).toEqual({
    architectures: { totalCount: 0, edges: [] },
  })

  const own = await stranger.ask<{ startTraining: { id: string; architecture: { id: string } } }>(
    `mutation { startTraining(
      input: { genotype: "${ISOMORPHIC[202]}", dataset: "digits", channels: 4, cells: 3, epochs: 1, images: 64, batch: 32 },
      project: "${project}"
    ) { id architecture { id } } }`,
  )
  expect(own.startTraining.architecture.id).toBe(id)
  const shown = await ask(stranger, id)
  expect([shown.foundBy.totalCount, idsOf(shown.trainedBy)]).toEqual([0, [own.startTraining.id]])
  expect(shown.genotype).toEqual((await ask(owner, id)).genotype)
  expect(idsOf((await ask(owner, id)).trainedBy)).toEqual([training.id])
})
