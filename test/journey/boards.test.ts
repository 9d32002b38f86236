// Leaderboards as teams use them: made, entered, refused with the rule, watched, verified, ruled anew, shared.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { main } from '../../server/boards/terminal.js'
import { clientWith, Follower, send, type Client } from '../kit/client.js'
import { join, makeTeam, share } from '../kit/people.js'
import { newHome, startWithFakeEngine, type RunningServer } from '../kit/server.js'

interface Entry {
  readonly id: string
  readonly title: string
  readonly rank: number | null
  readonly score: number | null
  readonly state: string
  readonly verification: string
  readonly why: string
  readonly lift: string
  readonly wouldRank: number | null
  readonly team: { readonly id: string; readonly name: string } | null
}
const ENTRY =
  'id title rank score state verification why lift wouldRank movement team { id name } figures { name mean n }'

/** A training of so many epochs: the fake engine makes its accuracy follow from them. */
async function train(
  client: Client,
  { epochs = 1, seeds = null as number[] | null, project = null as string | null, name = 'a training' } = {},
) {
  const { startTraining } = await client.ask<{
    startTraining: { id: string; group: { id: string; runs: { id: string }[] } | null }
  }>(
    `mutation ($input: TrainingInput!, $seeds: [Int!], $project: ID) {
      startTraining(input: $input, seeds: $seeds, project: $project) { id group { id runs { id } } }
    }`,
    { input: { dataset: 'digits', genotype: 'DARTS_V2', epochs, name }, seeds, project },
  )
  for (const id of startTraining.group?.runs.map((run) => run.id) ?? [startTraining.id])
    await new Follower(id).untilEnd(client)
  return { run: startTraining.id, group: startTraining.group?.id ?? '' }
}

const ACCURACY = { name: 'test-accuracy', direction: 'HIGHER' }

const createBoard = async (client: Client, rules: object, more: object = {}, team = 'team-1') =>
  (
    await client.ask<{ createBoard: { id: string } }>(
      'mutation ($team: ID!, $input: BoardInput!) { createBoard(team: $team, input: $input) { id } }',
      { team, input: { name: 'A board', rules: { subject: 'RUN', metric: ACCURACY, ...rules }, ...more } },
    )
  ).createBoard.id

const SUBMIT = `mutation ($board: ID!, $subject: ID!, $team: ID, $title: String) {
  submitEntry(board: $board, subject: $subject, team: $team, title: $title) { ${ENTRY} }
}`
const submit = async (client: Client, board: string, subject: string, more: object = {}) =>
  (await client.ask<{ submitEntry: Entry }>(SUBMIT, { board, subject, ...more })).submitEntry

interface Changes {
  readonly leaderboardChanged: {
    readonly board: { readonly length: number }
    readonly moved: readonly { readonly entry: Pick<Entry, 'id' | 'rank'>; readonly previousRank: number | null }[]
  }
}

/** The code and the sentence. */
const refused = async (client: Client, board: string, subject: string, more: object = {}) => {
  const { errors } = await client.request(SUBMIT, { board, subject, ...more })
  return `${errors?.[0]?.extensions.code}: ${errors?.[0]?.message}`
}

const ranking = async (client: Client, board: string, args = '') =>
  (
    await client.ask<{ board: { length: number; entries: { edges: { node: Entry }[] } } }>(
      `{ board(id: "${board}") { length entries${args} { edges { cursor node { ${ENTRY} } } } } }`,
    )
  ).board.entries.edges.map(({ node }) => node)

const readEntry = async (client: Client, id: string) =>
  (await client.ask<{ entry: Entry }>(`{ entry(id: "${id}") { ${ENTRY} } }`)).entry

async function until(is: () => Promise<boolean>): Promise<void> {
  await expect.poll(is, { timeout: 20_000, interval: 100 }).toBe(true)
}

/** Two teams on one server: the first's owner, and the owner of the others. */
async function twoTeams(): Promise<{
  server: RunningServer
  ours: Client
  theirs: Client
  theirProject: string
  theirTeam: string
}> {
  const server = await startWithFakeEngine()
  const ours = await server.signIn()
  const theirs = await join(ours, { role: 'VIEWER', name: 'Grace' })
  const team = await makeTeam(theirs, 'others')
  return { server, ours, theirs, theirProject: team.project, theirTeam: team.id }
}

test('from a training to an entry to a board that moves on another screen', async () => {
  const { ours, theirs, theirProject } = await twoTeams()
  const board = await createBoard(ours, {}, { visibility: 'TEAMS', teams: ['others'] })
  const first = await train(ours, { epochs: 1 })
  const entry = await submit(ours, board, first.run)
  expect(entry).toMatchObject({ rank: 1, state: 'STANDING', lift: 'Nothing: it is the first.' })
  expect(entry.score).toBeCloseTo(0.5)

  const socket = ours.openSocket()
  const changes = socket.iterate<Changes>({
    query: `subscription { leaderboardChanged(id: "${board}") { board { length } moved { previousRank entry { id rank } } } }`,
  })
  const next = async () => {
    const { value } = (await changes.next()) as { value: { data: Changes } }
    return value.data.leaderboardChanged
  }
  expect(await next()).toMatchObject({ board: { length: 1 }, moved: [] })
  const better = await train(theirs, { epochs: 2, project: theirProject, name: 'a better one' })
  const above = await submit(theirs, board, better.run)
  expect(await next()).toEqual({
    board: { length: 2 },
    moved: [
      { previousRank: null, entry: { id: above.id, rank: 1 } },
      { previousRank: 1, entry: { id: entry.id, rank: 2 } },
    ],
  })
  await socket.dispose()

  const now = await readEntry(ours, entry.id)
  expect(now.why).toBe('Place 2 of 2 by test-accuracy (higher is better): 0.5. Let in by version 1 of the rules.')
  expect(now.lift).toBe('A test-accuracy above 0.9 would pass "a better one".')
  const { board: own } = await ours.ask<{ board: { viewerEntries: Entry[] } }>(
    `{ board(id: "${board}") { viewerEntries { id rank } } }`,
  )
  expect(own.viewerEntries).toEqual([{ id: entry.id, rank: 2 }])
  // What it was entered with is theirs: the figures are shown to the board, the run is not.
  const { entry: foreign } = await ours.ask<{ entry: object }>(
    `{ entry(id: "${above.id}") { score subject { id } runs { id } } }`,
  )
  expect(foreign).toEqual({ score: 0.9, subject: null, runs: [] })
})

test('what the rules refuse is refused with the rule, and nothing has changed', async () => {
  const { server, ours, theirs, theirProject } = await twoTeams()
  const closed = await createBoard(ours, {})
  const run = (await train(ours)).run
  expect(await refused(theirs, closed, run)).toMatch(/^FORBIDDEN: Expected the role member or above/)
  const foreign = (await train(theirs, { project: theirProject })).run
  expect(await refused(ours, closed, foreign)).toBe(
    `NOT_FOUND: Expected something that can be entered, but found none with id "${foreign}".`,
  )
  expect(await refused(await server.signIn().catch(() => ours), closed, 'board-1')).toMatch(/^NOT_FOUND/)

  const groups = await createBoard(ours, { subject: 'GROUP', minSeeds: 3 })
  expect(await refused(ours, groups, run)).toBe(
    `BAD_USER_INPUT: The rules take a group of runs, but received a run, "${run}".`,
  )
  const { group } = await train(ours, { seeds: [1, 2] })
  expect(await refused(ours, groups, group)).toBe(
    'BAD_USER_INPUT: The rules ask for at least 3 finished seeds, but received 2.',
  )

  const strict = await createBoard(ours, { ceilings: [{ name: 'parameters', most: 1000 }] })
  expect(await refused(ours, strict, run)).toBe(
    'BAD_USER_INPUT: The rules let in at most 1000 parameters, but received 4321.',
  )

  const slow = await ours.ask<{ startSearch: { id: string } }>(
    'mutation { startSearch(input: { dataset: "digits", epochs: 50, seed: 104 }) { id } }',
  )
  expect(await refused(ours, closed, slow.startSearch.id)).toMatch(
    /^CONFLICT: The rules take finished runs, but .* is (queued|running)\.$/,
  )
  await ours.ask(`mutation { cancelRun(id: "${slow.startSearch.id}") { id } }`)

  const search = await ours.ask<{ startSearch: { id: string } }>(
    'mutation { startSearch(input: { dataset: "digits", epochs: 1 }) { id } }',
  )
  await new Follower(search.startSearch.id).untilEnd(ours)
  expect(await refused(ours, closed, search.startSearch.id)).toMatch(
    /^BAD_USER_INPUT: The rules rank by test-accuracy: expected a finite value of it in every run, but received none\. These runs have .*loss/,
  )

  const daily = await createBoard(ours, { perDay: 1, perTeam: 'ALL' })
  await submit(ours, daily, run)
  expect(await refused(ours, daily, run)).toBe(
    'CONFLICT: Expected something new, but entry-1 is the same run with the same figures.',
  )
  const another = (await train(ours, { epochs: 3 })).run
  expect(await refused(ours, daily, another)).toMatch(
    /^CONFLICT: The rules let a team enter 1 times in 24 hours, and this team has done so: the next may come after /,
  )
  await ours.ask('mutation { withdrawEntry(id: "entry-1", reason: "to try again") { id } }')
  expect(await refused(ours, daily, another)).toMatch(/^CONFLICT: The rules let a team enter 1 times in 24 hours/)

  await ours.ask(`mutation { archiveBoard(id: "${closed}") { archivedAt } }`)
  expect(await refused(ours, closed, run)).toBe(
    'CONFLICT: Expected a board that takes entries, but "A board" is archived.',
  )
  for (const board of [closed, groups, strict]) expect(await ranking(ours, board)).toEqual([])
})

test('rules that cannot be are refused at their field', async () => {
  const { ours } = await twoTeams()
  await train(ours)
  const attempt = async (rules: object) => {
    const { errors } = await ours.request(
      'mutation ($input: BoardInput!) { createBoard(team: "team-1", input: $input) { id } }',
      {
        input: { name: 'x', rules: { subject: 'RUN', metric: ACCURACY, ...rules } },
      },
    )
    return errors![0]!.extensions.fields
  }
  expect(await attempt({ metric: { name: 'test-accuracy' } })).toEqual([
    {
      path: 'rules.metric.direction',
      message: 'Expected a direction, higher or lower: which of two scores is the better one is never guessed.',
    },
  ])
  expect(await attempt({ metric: { name: 'test-acuracy', direction: 'HIGHER' } })).toEqual([
    {
      path: 'rules',
      message:
        'Expected a metric that runs log, but none of yours has "test-acuracy". Did you mean test-accuracy or train-accuracy or accuracy?',
    },
  ])
  expect(await attempt({ minSeeds: 0 })).toMatchObject([{ path: 'rules.minSeeds' }])
  expect(await attempt({ tieBreaks: [ACCURACY] })).toMatchObject([{ path: 'rules.tieBreaks.0.name' }])
})

test('a rule enters by itself; a changed rule ranks anew and says so; yesterday stays to be seen', async () => {
  const { ours } = await twoTeams()
  const board = await createBoard(ours, { perTeam: 'ALL', autoProject: 'project-1', columns: ['parameters'] })
  const [low, high] = [await train(ours, { epochs: 1, name: 'low' }), await train(ours, { epochs: 2, name: 'high' })]
  await until(async () => (await ranking(ours, board)).length === 2)
  const before = await ranking(ours, board)
  expect(before.map(({ title }) => title.split(',')[0])).toEqual(['high', 'low'])
  const then = new Date().toISOString()
  await new Promise((resolve) => setTimeout(resolve, 5))
  const { setBoardRules } = await ours.ask<{ setBoardRules: { ruleVersion: number; ruleHistory: object[] } }>(
    `mutation ($rules: BoardRulesInput!) { setBoardRules(id: "${board}", why: "loss is fairer", rules: $rules) {
      ruleVersion ruleHistory { version why rules { metric { name direction } } }
    } }`,
    { rules: { subject: 'RUN', perTeam: 'ALL', metric: { ...ACCURACY, direction: 'LOWER' } } },
  )
  expect(setBoardRules).toMatchObject({
    ruleVersion: 2,
    ruleHistory: [
      { version: 2, why: 'loss is fairer', rules: { metric: { direction: 'LOWER' } } },
      { version: 1, why: '', rules: { metric: { direction: 'HIGHER' } } },
    ],
  })
  expect((await ranking(ours, board)).map(({ title }) => title.split(',')[0])).toEqual(['low', 'high'])
  expect((await ranking(ours, board, `(asOf: "${then}")`)).map(({ title }) => title.split(',')[0])).toEqual([
    'high',
    'low',
  ])
  const history = await ours.ask<{ entry: { history: { rank: number }[]; ruleVersion: number } }>(
    `{ entry(id: "${before[0]!.id}") { ruleVersion history(points: 2) { time rank score } } }`,
  )
  expect(history.entry.ruleVersion).toBe(1)
  expect([history.entry.history[0]!.rank, history.entry.history.at(-1)!.rank]).toEqual([1, 2])

  // What goes into the bin holds up no rank, and comes back to its place; what is deleted is told as such.
  await ours.ask(`mutation { trashRuns(runs: ["${low.run}"]) { id } }`)
  await until(async () => (await ranking(ours, board)).length === 1)
  await ours.ask(`mutation { restoreRuns(runs: ["${low.run}"]) { id } }`)
  await until(async () => (await ranking(ours, board)).length === 2)
  await ours.ask(`mutation { trashRuns(runs: ["${high.run}"]) { id } deleteRuns(runs: ["${high.run}"]) }`)
  await until(async () => (await ranking(ours, board)).length === 1)
  expect(await readEntry(ours, before[0]!.id)).toMatchObject({
    rank: null,
    why: 'Not ranked: a run that its figures come from was deleted.',
  })
})

test('a rule enters what has finished before it, and what finished while no server ran; killed, it has lost nothing', async () => {
  const home = newHome()
  const server = await startWithFakeEngine({ home })
  const ours = await server.signIn()
  await train(ours, { name: 'before the board' })
  const board = await createBoard(ours, { perTeam: 'ALL', autoProject: 'project-1' })
  await until(async () => (await ranking(ours, board)).length === 1)
  const { id } = (await ranking(ours, board))[0]!
  await ours.ask(`mutation { verifyEntry(id: "${id}") { verification } }`)
  await server.kill()
  const again = await startWithFakeEngine({ home })
  const client = clientWith(again.address, ours.token)
  await until(async () => (await readEntry(client, id)).verification === 'AGREES')
  // The repeated run has finished in the project too: it is the same training, and an entry of its own.
  await until(async () => (await ranking(client, board)).length === 2)
  expect((await ranking(client, board)).map(({ rank }) => rank)).toEqual([1, 2])
})

test('a run that was logged from elsewhere stands on a board like any other', async () => {
  const { ours } = await twoTeams()
  const { createRun } = await ours.ask<{ createRun: { id: string } }>(
    'mutation { createRun(input: { project: "project-1", name: "by another program", settings: { rate: 0.1 }, seed: 1 }) { id } }',
  )
  await ours.ask(
    'mutation ($run: ID!) { logPoints(run: $run, points: [{ metric: "top1", steps: [1, 2], values: [0.7, 0.8] }]) { __typename } }',
    { run: createRun.id },
  )
  const board = await createBoard(ours, { metric: { name: 'top1', direction: 'HIGHER' } })
  expect(await refused(ours, board, createRun.id)).toMatch(/^CONFLICT: The rules take finished runs/)
  await ours.ask('mutation ($run: ID!) { finishRun(run: $run, state: FINISHED) { id } }', { run: createRun.id })
  expect(await submit(ours, board, createRun.id)).toMatchObject({ rank: 1, score: 0.8 })
  const { errors } = await ours.request('mutation { verifyEntry(id: "entry-1") { id } }')
  expect(errors![0]!.message).toBe('Expected a run of our own engine, but this one was logged from elsewhere.')
})

test('verified by repeating a run, flagged, restored, with reasons in the audit log', async () => {
  const { ours } = await twoTeams()
  const board = await createBoard(ours, {})
  const { id } = await submit(ours, board, (await train(ours)).run)
  await ours.ask(`mutation { verifyEntry(id: "${id}") { verification } }`)
  await until(async () => (await readEntry(ours, id)).verification === 'AGREES')
  await ours.ask(`mutation { flagEntry(id: "${id}", reason: "looks too good") { id } }`)
  expect(await readEntry(ours, id)).toMatchObject({
    rank: null,
    wouldRank: 1,
    why: 'Not ranked: it was flagged. looks too good',
  })
  await ours.ask(`mutation { restoreEntry(id: "${id}", reason: "looked at it") { id } }`)
  expect(await readEntry(ours, id)).toMatchObject({ rank: 1, state: 'STANDING' })
  const { viewer } = await ours.ask<{
    viewer: { memberships: { team: { audit: { edges: { node: { action: string } }[] } } }[] }
  }>('{ viewer { memberships { team { audit { edges { node { action } } } } } } }')
  const actions = viewer.memberships[0]!.team.audit.edges.map(({ node }) => node.action)
  expect(actions).toEqual(
    expect.arrayContaining(['createBoard', 'submitEntry', 'verifyEntry', 'flagEntry', 'restoreEntry']),
  )
})

test('baselines stand apart with their source; the front against parameters', async () => {
  const { ours } = await twoTeams()
  const board = await createBoard(ours, { columns: ['parameters', 'searchSeconds'] })
  await submit(ours, board, (await train(ours)).run)
  await ours.ask(`mutation { addBaselines(board: "${board}", set: PUBLISHED_CIFAR10) { id } }`)
  await ours.ask(`mutation { addBaselines(board: "${board}", set: PUBLISHED_CIFAR10) { id } }`)
  const { board: shown } = await ours.ask<{
    board: {
      length: number
      baselines: { title: string; wouldRank: number; source: string }[]
      pareto: { x: number; y: number; front: boolean }[]
    }
  }>(
    `{ board(id: "${board}") { length baselines { title source wouldRank } pareto(x: "parameters") { x y front entry { title baseline } } } }`,
  )
  expect(shown.length).toBe(1)
  expect(shown.baselines).toHaveLength(11)
  expect(shown.baselines[0]).toEqual({
    title: 'StacNAS, fancy',
    wouldRank: 1,
    source: 'Li et al. 2019, StacNAS, table of CIFAR-10 in its repository',
  })
  expect(shown.pareto.filter(({ front }) => front).map(({ x }) => x)).toEqual([4321, 2.8e6, 3.4e6, 3.9e6])
  expect(shown.pareto).toHaveLength(12)
})

test('a hidden metric is shown to nobody before its moment, and ranks from then on', async () => {
  const { ours } = await twoTeams()
  const [good, bad] = [await train(ours, { epochs: 2 }), await train(ours, { epochs: 1 })]
  const at = new Date(Date.now() + 2_500)
  const board = await createBoard(ours, {
    perTeam: 'ALL',
    metric: { name: 'test-loss', direction: 'HIGHER' },
    reveal: { metric: ACCURACY, at: at.toISOString() },
  })
  for (const { run } of [good, bad]) await submit(ours, board, run)
  const names = async () => {
    const [entry] = (await ranking(ours, board)) as unknown as { figures: { name: string }[] }[]
    return entry!.figures.map(({ name }) => name)
  }
  expect(await names()).toEqual(['test-loss'])
  await until(() => Promise.resolve(Date.now() > +at))
  expect(await names()).toContain('test-accuracy')
  expect((await ranking(ours, board)).map(({ score }) => score)).toEqual([0.9, 0.5])
})

test('two teams become one: everything of the first belongs to the second, with what was done there', async () => {
  const { ours, theirs, theirProject, theirTeam } = await twoTeams()
  const stays = await makeTeam(theirs, 'stays')
  const board = await createBoard(ours, {}, { visibility: 'TEAMS', teams: ['others', 'stays'] })
  const low = await submit(theirs, board, (await train(theirs, { epochs: 1, project: stays.project })).run)
  const high = await submit(
    theirs,
    board,
    (await train(theirs, { epochs: 2, project: theirProject, name: 'high' })).run,
  )
  await theirs.ask(`mutation { createStudy(project: "${theirProject}", name: "before") { id } }`)
  expect((await ranking(ours, board)).map(({ id }) => id)).toEqual([high.id, low.id])
  const merge = (from: string, into: string) => `mutation { mergeTeams(from: "${from}", into: "${into}") { slug } }`
  expect((await theirs.request(merge(theirTeam, 'team-1'))).errors![0]!.extensions.code).toBe('FORBIDDEN')
  expect((await ours.request(merge(theirTeam, 'team-1'))).errors![0]!.extensions.code).toBe('NOT_FOUND')
  expect((await theirs.request(merge(stays.id, stays.id))).errors![0]!.extensions.code).toBe('CONFLICT')
  await theirs.ask(merge(theirTeam, stays.id))
  expect((await ranking(ours, board)).map(({ id, team }) => [id, team?.name])).toEqual([[high.id, 'stays']])
  expect((await theirs.request(`{ team(slug: "others") { id } }`)).errors![0]!.extensions.code).toBe('NOT_FOUND')
  const { team } = await theirs.ask<{
    team: { projects: { name: string }[]; audit: { edges: { node: { action: string } }[] } }
  }>('{ team(slug: "stays") { projects { name } audit { edges { node { action } } } } }')
  expect(team.projects.map(({ name }) => name)).toEqual(['main', 'main (others)'])
  expect(team.audit.edges.map(({ node }) => node.action)).toEqual(expect.arrayContaining(['mergeTeams', 'createStudy']))
})

test('a board goes out as CSV, JSON, Markdown, LaTeX, a badge and a page for other pages, to those who see it', async () => {
  const { server, ours } = await twoTeams()
  const board = await createBoard(ours, { columns: ['parameters'] }, { name: 'Ours | & <best>' })
  const entry = await submit(ours, board, (await train(ours)).run, { title: '=SUM(1) & 100 %' })
  await ours.ask(`mutation { addBaselines(board: "${board}", set: PUBLISHED_CIFAR10) { id } }`)
  const get = async (path: string, headers: Record<string, string> = { authorization: `Bearer ${ours.token}` }) => {
    const response = await fetch(`${server.address}${path}`, { headers })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const lines = (await get(`/boards/${board}.csv`)).text.split('\r\n')
  expect(lines[0]).toBe(
    'rank,entry,title,team,test-accuracy,test-accuracy deviation,test-accuracy n,parameters,parameters deviation,parameters n,submitted,source',
  )
  expect(lines[1]).toMatch(/^1,entry-1,'=SUM\(1\) & 100 %,[^,]*,0\.5,,1,4321,,1,/)
  expect(lines).toHaveLength(14)
  const json = JSON.parse((await get(`/boards/${board}.json`)).text) as { rows: { figures: object }[] }
  expect(json.rows[0]!.figures).toMatchObject({ parameters: { mean: 4321 } })
  expect((await get(`/boards/${board}.md`)).text).toContain('| 1 | =SUM(1) & 100 % |')
  expect((await get(`/boards/${board}.tex`)).text).toContain('=SUM(1) \\& 100 \\%')
  const badge = await get(`/boards/${board}/badge.svg?entry=${entry.id}`)
  expect(badge.headers.get('content-type')).toMatch(/^image\/svg/)
  expect(badge.text).toContain('#1 of 1')
  expect(badge.text).toContain('Ours | &#38; &#60;best&#62;')

  expect((await get(`/embed/${board}`, {})).status).toBe(404)
  const { secret } = await share(ours, board)
  const page = await get(`/embed/${board}?share=${secret}`, {})
  expect(page.status).toBe(200)
  expect(page.headers.get('x-frame-options')).toBeNull()
  expect(page.headers.get('content-security-policy')).toContain('frame-ancestors *')
  expect(page.text).not.toContain('<best>')
  expect((await get(`/boards/${board}.csv`, {})).status).toBe(404)
})

test('the terminal shows a board and enters into it', async () => {
  const { server, ours } = await twoTeams()
  const board = await createBoard(ours, { columns: ['parameters'] })
  const { run } = await train(ours)
  const cli = async (...args: string[]) => {
    const [said, complained]: [string[], string[]] = [[], []]
    const env = { CELLBOARD_SERVER: server.address, CELLBOARD_TOKEN: ours.token }
    const code = await main(args, { env, say: (text) => said.push(text), complain: (text) => complained.push(text) })
    return { code, said: said.join(''), complained: complained.join('') }
  }
  const entered = await cli('submit', board, run, '--title', 'by the terminal')
  expect(entered).toMatchObject({ code: 0, complained: '' })
  expect(entered.said).toContain('entry-1: Place 1 of 1 by test-accuracy (higher is better): 0.5.')
  const shown = await cli('show', board)
  expect(shown.said).toContain('A board: 1 ranked by test-accuracy (higher is better), rules version 1')
  expect(shown.said).toMatch(/^1 +new +by the terminal +\S.* +0\.5000 +4321$/m)
  expect(JSON.parse((await cli('show', board, '--json')).said)).toMatchObject({ length: 1 })
  expect(await cli('submit', board, run)).toMatchObject({
    code: 1,
    complained: 'Expected something new, but entry-1 is the same run with the same figures.\n',
  })
  expect((await cli('show')).code).toBe(2)
  expect((await cli('show', board, '--server', 'http://localhost:1')).complained).toContain('none answers')
})

test('two programs that enter at the same moment both stand, each in a place of its own', async () => {
  const { server, ours } = await twoTeams()
  const board = await createBoard(ours, { perTeam: 'ALL', inAll: 5 })
  const runs: string[] = []
  for (let i = 0; i < 8; i++) runs.push((await train(ours, { epochs: 1, name: `run ${i}` })).run)
  const program = `
    const [address, token, board, ...runs] = process.argv.slice(1)
    for (const subject of runs) {
      const answer = await fetch(address + '/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer ' + token },
        body: JSON.stringify({ query: 'mutation ($b: ID!, $s: ID!) { submitEntry(board: $b, subject: $s) { id } }', variables: { b: board, s: subject } }),
      })
      const { data, errors } = await answer.json()
      console.log(data ? data.submitEntry.id : errors[0].message)
    }`
  const execute = promisify(execFile)
  const args = (from: number) => [
    '--input-type=module',
    '-e',
    program,
    server.address,
    ours.token,
    board,
    ...runs.slice(from, from + 4),
  ]
  const said = await Promise.all([execute(process.execPath, args(0)), execute(process.execPath, args(4))])
  const lines = said.flatMap(({ stdout }) => stdout.trim().split('\n'))
  // The limit holds between them: five come in, the others are told why.
  expect(lines.filter((line) => line.startsWith('entry-'))).toHaveLength(5)
  expect(lines.filter((line) => line.startsWith('The rules let a team enter 5 times in all'))).toHaveLength(3)
  const places = await ranking(ours, board)
  expect(places.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5])
  // Equal scores: the earlier submission is ahead.
  expect(places.map(({ id }) => Number(id.split('-')[1]))).toEqual([1, 2, 3, 4, 5])
})

test('one board for strangers, one by a link; withdrawn by a team alone', async () => {
  const { server, ours, theirs, theirProject } = await twoTeams()
  const open = await createBoard(ours, {}, { visibility: 'PUBLIC', teams: ['others'] })
  const hidden = await createBoard(ours, {})
  const entry = await submit(theirs, open, (await train(theirs, { project: theirProject })).run)
  const asked = (id: string) =>
    `{ board(id: "${id}") { name team { name } entries { edges { node { id team { name } subject { id } } } } } }`
  expect(await send(server.address, asked(open))).toMatchObject({
    data: { board: { entries: { edges: [{ node: { id: entry.id, team: { name: 'others' }, subject: null } }] } } },
  })
  expect((await send(server.address, asked(hidden))).errors![0]!.extensions.code).toBe('NOT_FOUND')
  const { secret } = await share(ours, hidden)
  const byLink = await send(server.address, asked(hidden), {}, { authorization: `Bearer ${secret}` })
  expect(byLink).toMatchObject({ data: { board: { name: 'A board' } } })
  const { errors } = await (
    await join(ours, { role: 'MEMBER' })
  ).request(`mutation { withdrawEntry(id: "${entry.id}", reason: "ours is better") { id } }`)
  expect(errors![0]!.extensions.code).toBe('FORBIDDEN')
  const { withdrawEntry } = await theirs.ask<{ withdrawEntry: Entry }>(
    `mutation { withdrawEntry(id: "${entry.id}", reason: "a bug") { state reason rank } }`,
  )
  expect(withdrawEntry).toEqual({ state: 'WITHDRAWN', reason: 'a bug', rank: null })
})
