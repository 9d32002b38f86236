// A person asks for a search and watches it: over a line that breaks and a server that is killed, nothing is missed or seen twice.
import { expect, test } from 'vitest'
import type { RunEvent } from '@cellboard/schema/events'
import { isEnded, type RunState } from '@cellboard/schema/run-state'
import { foldEvents } from '@cellboard/schema/progress'
import { clientWith, Follower } from '../kit/client.js'
import { newHome, startServer } from '../kit/server.js'

const START = `mutation ($input: SearchInput!) { startSearch(input: $input) { id name state progress { total } } }`
const SEEN = `query ($id: ID!) { run(id: $id) {
  state lastNumber progress { done total } metrics { name count lastStep }
  series(name: "loss") { x last lastNumber bucketed }
  ... on Search { backend { name } genotype { text } stages { index state epochsDone parameters edges { candidates { operator chosen } } } }
} }`
const PREVIEW = `query ($input: SearchInput!) { previewSearch(input: $input) {
  steps seconds stages { parameters } problems { field message }
} }`

// Small enough for a minute without native TensorFlow, long enough to be interrupted.
const INPUT = {
  name: 'A search to watch',
  space: 'nas-bench-201',
  dataset: 'digits',
  channels: 4,
  stage1Cells: 1,
  stage2Cells: 1,
  images: 512,
  batch: 16,
  epochs: 3,
  seed: 7,
}
const STEPS = 2 * 3 * (512 / 16)

interface Seen {
  readonly run: {
    readonly state: RunState
    readonly lastNumber: number
    readonly progress: { done: number; total: number }
    readonly metrics: { name: string; count: number; lastStep: number }[]
    readonly series: { x: string; lastNumber: number }
    readonly genotype: { text: string } | null
    readonly stages: {
      epochsDone: number
      parameters: number
      state: RunState
      edges: { candidates: { chosen: boolean }[] }[]
    }[]
  }
}

interface Preview {
  readonly previewSearch: {
    readonly steps: number
    readonly seconds: number | null
    readonly stages: { parameters: number }[]
    readonly problems: object[]
  }
}

const epochs = (run: Follower) => run.ofType('epoch-finished').length

const nameOf = (event: RunEvent) =>
  Object.values({ type: event.type, ...pick(event, ['stage', 'epoch', 'final']) }).join(' ')
const pick = (event: object, keys: string[]) =>
  Object.fromEntries(Object.entries(event).filter(([key]) => keys.includes(key)))
/** Each start of the engine and each change of state is one of its own. */
const MAY_HAPPEN_AGAIN = /^(started|preparing|state-changed)/

test('a search is followed over a broken line and a killed server to its genotype, every event once', async () => {
  const home = newHome()
  let server = await startServer({ home })
  let client = await server.signIn()
  const { startSearch } = await client.ask<{ startSearch: { id: string; state: RunState } }>(START, { input: INPUT })
  const run = new Follower(startSearch.id)

  await run.until(client, () => epochs(run) >= 1) // the line drops here ...
  await run.until(client, () => epochs(run) >= 2) // ... and again here
  await server.kill()
  server = await startServer({ home })
  client = clientWith(server.address, client.token) // the session outlives the server
  await run.untilEnd(client)

  const { events, points } = run
  const states = run.ofType('state-changed').map(({ state }) => state)
  expect(states).toEqual(['QUEUED', 'RUNNING', 'QUEUED', 'RUNNING', 'FINISHED'])
  expect(run.ofType('started').map(({ resumedFrom }) => resumedFrom !== undefined)).toEqual([false, true])

  // Numbers ascend; those that no event has belong to batches of points.
  const numbers = events.map(({ number }) => number)
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))

  const told = events.map(({ event }) => nameOf(event)).filter((name) => !MAY_HAPPEN_AGAIN.test(name))
  expect(told).toEqual([...new Set(told)])
  expect(epochs(run)).toBe(6)
  expect(run.ofType('stage-started').map(({ stage }) => stage)).toEqual([1, 2])

  const everyStep = Array.from({ length: STEPS }, (_, i) => i + 1)
  expect(points.get('loss')!.steps).toEqual(everyStep)
  expect(points.get('loss')!.values.every((value) => value > 0)).toBe(true)
  expect(points.get('train-loss')!.steps).toEqual([1, 2, 3, 4, 5, 6].map((epoch) => epoch * 32))

  const seen = foldEvents(events.map(({ event }) => event))
  expect(seen.genotypeFinal).toBe(true)

  // What a page that is opened only now asks for is what was followed.
  const { run: page } = await client.ask<Seen>(SEEN, { id: run.run })
  expect(page.state).toBe('FINISHED')
  expect(isEnded(page.state)).toBe(true)
  expect(page.lastNumber).toBe(run.cursor)
  expect(page.progress).toEqual({ done: STEPS, total: STEPS })
  expect(page.metrics.find(({ name }) => name === 'loss')).toMatchObject({ count: STEPS, lastStep: STEPS })
  expect(page.genotype!.text).toMatch(/^\|\w+~0\|\+\|\w+~0\|\w+~1\|\+\|\w+~0\|\w+~1\|\w+~2\|$/)
  expect(page.stages.map(({ state, epochsDone }) => [state, epochsDone])).toEqual([
    ['FINISHED', 3],
    ['FINISHED', 3],
  ])
  for (const { edges } of page.stages)
    for (const { candidates } of edges) expect(candidates.filter(({ chosen }) => chosen)).toHaveLength(1)

  // From now on this machine's pace is known, and what was built is what a preview would have said.
  const { previewSearch: preview } = await client.ask<Preview>(PREVIEW, { input: INPUT })
  expect(preview).toMatchObject({ steps: STEPS, problems: [] })
  expect(preview.seconds).toBeGreaterThan(0)
  expect(preview.stages[0]!.parameters).toBe(page.stages[0]!.parameters)
  expect(preview.stages[1]!.parameters).toBeGreaterThanOrEqual(page.stages[1]!.parameters)

  const late = new Follower(run.run)
  await late.untilEnd(client)
  expect(late.events).toEqual(events)
  expect(late.points).toEqual(points)
  expect(await server.stop()).toBe(0)
})
