// What a query costs in statements does not grow with the length of its lists.
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { resolveTrainingSettings, trainingSettingsSchema } from '@cellboard/schema/training-settings'
import { graphql, type GraphQLSchema } from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { makeBoard, ruled, submit, value } from '../boards/make-for-test.js'
import { Rights } from '../people/rights.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import { changeState, queueGroup, queueRun } from '../runs/state.js'
import { openForTest } from '../store/open-for-test.js'
import { insertRows, type EntityManager, type Store } from '../store/orm.js'
import type { Context, House } from './context.js'
import { newLoaders } from './loaders.js'
import { buildApi } from './schema.js'
import { newScope } from './scope.js'

let schema: GraphQLSchema
beforeAll(async () => {
  schema = await buildApi()
})

async function logged(em: EntityManager, { id }: RunRow): Promise<void> {
  await changeState(em, id, { to: 'RUNNING' })
  await changeState(em, id, { to: 'FINISHED' })
  const columns = ['run_id', 'metric', 'count', 'last', 'last_step', 'min', 'min_step', 'max', 'max_step']
  await insertRows(em, 'metric_summary', columns, [[id, 'loss', 1, 0.5, 1, 0.5, 1, 0.5, 1]])
  await insertRows(em, 'run_tag', ['run_id', 'tag'], [[id, 'a-tag']])
}

/** Groups of two searches, each search with a training. */
async function fill(store: Store, groups: number): Promise<void> {
  const em = store.em.fork()
  const settings = resolveSettings(searchSettingsSchema.parse({ space: 'nas-bench-201', dataset: 'digits' }))
  const work = resolveTrainingSettings(
    trainingSettingsSchema.parse({ dataset: 'digits', genotype: 'DARTS_V2' }),
    'darts',
  )
  const group = { name: 'a group', projectId: 1, createdBy: 1, baselineOf: null }
  for (let i = 0; i < groups; i++) {
    const run = { kind: 'search' as const, name: 'a search', projectId: 1, createdBy: 1, settings }
    const { runs } = await queueGroup(em, group, [run, run])
    for (const search of runs) {
      await logged(em, search)
      const training = { kind: 'training' as const, name: 'a training', projectId: 1, createdBy: 1, settings: work }
      await logged(em, await queueRun(em, { ...training, searchId: search.id }))
    }
  }
  expect(await em.count(RunTable)).toBe(4 * groups)
  // As many boards, and as many entries on the first.
  const first = await makeBoard(em, ruled({ perTeam: 'all' }))
  for (let i = 1; i < groups; i++) await makeBoard(em, ruled())
  for (let i = 0; i < groups; i++)
    await submit(em, first, { teamId: 1, at: 1_000 + i, values: { 'accuracy last': value(i) } })
}

const seeing = () =>
  new Rights(new Map([[1, 'owner']]), [{ id: 1, teamId: 1, role: 'owner' }], {
    run: new Set(),
    group: new Set(),
    study: new Set(),
    board: new Set(),
  })

async function statementsOf(store: Store, source: string): Promise<number> {
  const em = store.em.fork()
  const house = { config: { dataFolder: '/nowhere' } } as unknown as House
  const asker = { user: { id: 1 }, scopes: new Set(['read']) } as unknown as Context['asker']
  const contextValue = {
    house,
    em,
    loaders: newLoaders(em),
    asker,
    rights: seeing(),
    scope: newScope(),
    noted: {},
  } as unknown as Context
  let statements = 0
  const count = () => statements++
  const knex = store.em.getKnex()
  knex.on('query', count)
  const { errors } = await graphql({ schema, source, contextValue })
  knex.removeListener('query', count)
  expect(errors).toBeUndefined()
  return statements
}

const RUN = `name state tags notes progress { done } metrics { name last } files { name } cost { seconds } architecture { id }
  group { id name kind } project { name team { name } } createdBy { name }
  ... on Search { genotype { text } stages { index } collapse { verdict } trainings { id state metrics { last } } }
  ... on Training { search { id name } result { accuracy } epochs { epoch } }`

const QUERIES = {
  'runs with all that belongs to them': `{ runs(first: 200) { totalCount edges { node { id ${RUN} } } } }`,
  'runs in another order': `{ runs(first: 200, order: { by: METRIC, name: "loss" }) { edges { node { id ${RUN} } } } }`,
  'what lists of runs can show': `{ runColumns { settings metrics } }`,
  'groups with their runs and what these come to': `{ groups(first: 200) { edges { node {
    name kind method runs { id metrics { last } } cost { mean } aggregate(metric: "loss") { mean n }
    genotypes { seeds } randomBaseline { id } baselineOf { id } project { name } } } } }`,
  'boards, who may enter them, and what stands on them': `{ boards(first: 200) { edges { node {
    name length mayEnter mayManage team { name } rules { metric { name } } } } } }`,
  'entries with all that is told of them': `{ board(id: "board-1") { entries(first: 200) { edges { node {
    title rank wouldRank score tiedAbove movement why lift seeds team { name } figures { mean } submittedBy { name } } } } } }`,
  'a team with its projects and members': `{ team(slug: "first") { projects { name team { name } } members { edges { node { role user { name } } } } } }`,
}

test.each(Object.entries(QUERIES))('%s', async (_, query) => {
  const [few, many] = [await openForTest(), await openForTest()]
  await fill(few, 1)
  await fill(many, 12)
  const [little, much] = [await statementsOf(few, query), await statementsOf(many, query)]
  expect(much).toBe(little)
  expect(much).toBeLessThan(25)
})
