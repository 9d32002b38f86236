// Teams: joining, roles, what a foreign team is told, public projects, share links, the audit log.
import { expect, test } from 'vitest'
import { clientWith, openSocket, send, type Client } from '../kit/client.js'
import { join, makeTeam, makeToken, PASSWORD, share, type RoleName } from '../kit/people.js'
import { startServer, startWithFakeEngine } from '../kit/server.js'

const START =
  'mutation ($project: ID) { startSearch(input: { dataset: "digits", epochs: 1 }, project: $project) { id name } }'
const codeOf = async (client: Client, query: string, variables: object = {}) =>
  (await client.request(query, variables)).errors?.[0]?.extensions.code ?? 'OK'
const start = async (client: Client, project: string | null = null) =>
  (await client.ask<{ startSearch: { id: string; name: string } }>(START, { project })).startSearch

test('each role may what it says and no more', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const run = await start(owner)
  const may: Record<RoleName, string[]> = {
    VIEWER: [],
    MEMBER: ['run'],
    MAINTAINER: ['run', 'project', 'share'],
    OWNER: ['run', 'project', 'share', 'invite', 'audit', 'public'],
  }
  const deeds: Record<string, string> = {
    run: 'mutation { startSearch(input: { dataset: "digits", epochs: 1 }) { id } }',
    project: 'mutation { createProject(team: "team-1", name: "NAME") { id } }',
    share: `mutation { createShareLink(subject: "${run.id}") { url } }`,
    invite: 'mutation { invite(team: "team-1", role: VIEWER) { url } }',
    audit: '{ team(slug: "first") { audit { totalCount } } }',
    public: 'mutation { createProject(team: "team-1", name: "NAME open", visibility: PUBLIC) { id } }',
  }
  for (const role of Object.keys(may) as RoleName[]) {
    const person = await join(owner, { role })
    expect(await codeOf(person, `{ run(id: "${run.id}") { id } }`)).toBe('OK')
    for (const [deed, query] of Object.entries(deeds)) {
      const code = await codeOf(person, query.replace('NAME', role))
      expect(code === 'OK', `${role} ${deed}: ${code}`).toBe(may[role].includes(deed))
    }
  }
})

test('a foreign team is told of nothing, in words that are those for what was never there', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const run = await start(owner)
  const stranger = await join(owner, { name: 'other' })
  await makeTeam(stranger, 'elsewhere')
  await owner.ask('mutation ($user: ID!) { removeMember(team: "team-1", user: $user) }', { user: stranger.id })
  const asked = {
    [`{ run(id: "ID") { id } }`]: [run.id, 'search-999'],
    [`mutation { cancelRun(id: "ID") { id } }`]: [run.id, 'search-999'],
    [`{ node(id: "ID") { id } }`]: [run.id, 'search-999'],
    [`{ team(slug: "ID") { id } }`]: ['first', 'never'],
    [`{ project(team: "ID", name: "main") { id } }`]: ['first', 'never'],
    [`mutation { startSearch(input: { dataset: "digits" }, project: "ID") { id } }`]: ['project-1', 'project-999'],
    [`mutation { createProject(team: "ID", name: "x") { id } }`]: ['team-1', 'team-999'],
    [`mutation { createShareLink(subject: "ID") { url } }`]: [run.id, 'search-999'],
  }
  for (const [query, [there, never]] of Object.entries(asked)) {
    const told = await Promise.all(
      [there!, never!].map(async (id) => {
        const answer = JSON.stringify(await stranger.request(query.replace('ID', id)))
        return answer.replaceAll(id, 'ID').replace(/"requestId":"\w+"/, '')
      }),
    )
    expect(told[0], query).toBe(told[1])
  }
  expect(await stranger.ask('{ runs { totalCount edges { node { id } } } groups { totalCount } }')).toEqual({
    runs: { totalCount: 0, edges: [] },
    groups: { totalCount: 0 },
  })
})

test('who is removed is told nothing more on a line that was open', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const member = await join(owner)
  const line = member.openSocket()
  const closed = new Promise<number>((resolve) => line.on('closed', (event) => resolve((event as CloseEvent).code)))
  const changes = line.iterate({ query: 'subscription { runChanged { id } }' })
  const heard = changes.next()
  const run = await start(owner)
  expect((await heard).value).toMatchObject({ data: { runChanged: { id: run.id } } })
  await owner.ask('mutation ($user: ID!) { removeMember(team: "team-1", user: $user) }', { user: member.id })
  expect(await closed).toBe(1012)
  expect(await codeOf(member, `{ run(id: "${run.id}") { id } }`)).toBe('NOT_FOUND')
})

test('a team always has an owner', async () => {
  const server = await startServer()
  const owner = await server.signIn()
  const me = (await owner.ask<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id
  const lower = 'mutation ($user: ID!) { setRole(team: "team-1", user: $user, role: VIEWER) { role } }'
  const leave = 'mutation ($user: ID!) { removeMember(team: "team-1", user: $user) }'
  expect(await codeOf(owner, lower, { user: me })).toBe('CONFLICT')
  expect(await codeOf(owner, leave, { user: me })).toBe('CONFLICT')
  const second = await join(owner, { role: 'OWNER' })
  expect(await codeOf(owner, leave, { user: me })).toBe('OK')
  expect(await codeOf(second, lower, { user: second.id })).toBe('CONFLICT')
})

test('an invitation lets one person in, once', async () => {
  const server = await startServer()
  const owner = await server.signIn()
  const { invite } = await owner.ask<{ invite: { url: string; invitation: { id: string } } }>(
    'mutation { invite(team: "team-1", role: VIEWER, note: "for Grace") { url invitation { id } } }',
  )
  const secret = invite.url.split('/').at(-1)!
  const look = await send(server.address, '{ invitation(secret: "SECRET") { team role } }'.replace('SECRET', secret))
  expect(look.data).toEqual({ invitation: { team: 'First team', role: 'VIEWER' } })
  const accept = `mutation ($person: NewPersonInput) { acceptInvitation(secret: "${secret}", person: $person) { team { slug } session { token } } }`
  const person = (n: number) => ({ name: `Grace ${n}`, email: `grace${n}@example.org`, password: PASSWORD })
  const short = await send(server.address, accept, { person: { ...person(0), password: 'short' } })
  expect(short.errors![0]!.extensions.fields).toMatchObject([{ path: 'password' }])
  const both = await Promise.all([1, 2].map((n) => send(server.address, accept, { person: person(n) })))
  expect(both.map(({ errors }) => errors?.[0]?.extensions.code ?? 'OK').sort()).toEqual(['NOT_FOUND', 'OK'])
})

test('a public project is read by everybody, and nothing else is', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const hidden = await start(owner)
  const { createProject: open } = await owner.ask<{ createProject: { id: string } }>(
    'mutation { createProject(team: "team-1", name: "open", visibility: PUBLIC) { id } }',
  )
  const shown = await start(owner, open.id)
  const asked = `{ runs { totalCount edges { node { id project { name team { name role } } } } } }`
  expect((await send(server.address, asked)).data).toEqual({
    runs: {
      totalCount: 1,
      edges: [{ node: { id: shown.id, project: { name: 'open', team: { name: 'First team', role: null } } } }],
    },
  })
  const answer = await send(server.address, `{ run(id: "${hidden.id}") { id } }`)
  expect(answer.errors![0]!.extensions.code).toBe('NOT_FOUND')
  const members = await send(server.address, '{ team(slug: "first") { members { totalCount } } }')
  expect(members.data).toBeNull()
  expect(
    (await send(server.address, `mutation { cancelRun(id: "${shown.id}") { id } }`)).errors![0]!.extensions.code,
  ).toBe('UNAUTHENTICATED')
  await owner.ask('mutation ($id: ID!) { setProject(id: $id, visibility: PRIVATE) { visibility } }', { id: open.id })
  expect((await send(server.address, asked)).errors![0]!.extensions.code).toBe('UNAUTHENTICATED')
})

test('a share link shows one run to whoever has it, until it is revoked', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const [run, other] = [await start(owner), await start(owner)]
  const { secret, id } = await share(owner, run.id)
  const opened = await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `mutation { openShareLink(secret: "${secret}") { id } }` }),
  })
  expect(await opened.json()).toEqual({ data: { openShareLink: { id: run.id } } })
  const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
  const seen = (query: string) => send<{ run: object }>(server.address, query, {}, { cookie })
  expect((await seen(`{ run(id: "${run.id}") { id name project { id } createdBy { name } } }`)).data).toEqual({
    run: { id: run.id, name: run.name, project: null, createdBy: null },
  })
  expect((await seen(`{ run(id: "${other.id}") { id } }`)).errors![0]!.extensions.code).toBe('NOT_FOUND')
  expect((await seen('{ runs { totalCount } }')).data).toEqual({ runs: { totalCount: 1 } })
  expect((await seen(`mutation { cancelRun(id: "${run.id}") { id } }`)).errors![0]!.extensions.code).toBe(
    'UNAUTHENTICATED',
  )

  const line = openSocket(server.address, { authorization: `Bearer ${secret}` })
  const closed = new Promise<number>((resolve) => line.on('closed', (event) => resolve((event as CloseEvent).code)))
  const feed = line.iterate({ query: `subscription { runFeed(runs: ["${run.id}"]) { cursors { run } } }` })
  expect((await feed.next()).value).toMatchObject({ data: { runFeed: { cursors: [{ run: run.id }] } } })
  await owner.ask('mutation ($id: ID!) { revokeShareLink(id: $id) { id } }', { id })
  expect(await closed).toBe(4403)
  expect((await seen(`{ run(id: "${run.id}") { id } }`)).errors![0]!.extensions.code).toBe('UNAUTHENTICATED')
})

test('runs move between projects, groups only whole, and who sees less from then on is told nothing more', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const member = await join(owner)
  const elsewhere = await makeTeam(owner, 'elsewhere')
  const { startSearch } = await owner.ask<{ startSearch: { group: { id: string; runs: { id: string }[] } } }>(
    'mutation { startSearch(input: { dataset: "digits", epochs: 1 }, seeds: [1, 2]) { group { id runs { id } } } }',
  )
  const { id: group, runs } = startSearch.group
  const move = 'mutation ($runs: [ID!]!, $project: ID!) { moveRuns(runs: $runs, project: $project) { project { id } } }'
  expect(await codeOf(owner, move, { runs: [runs[0]!.id], project: elsewhere.project })).toBe('BAD_USER_INPUT')
  expect(await codeOf(member, move, { runs: runs.map(({ id }) => id), project: elsewhere.project })).toBe('NOT_FOUND')
  expect(await codeOf(member, `{ group(id: "${group}") { id } }`)).toBe('OK')
  await owner.ask(move, { runs: runs.map(({ id }) => id), project: elsewhere.project })
  expect(await codeOf(member, `{ group(id: "${group}") { id } }`)).toBe('NOT_FOUND')
  expect(await codeOf(owner, `{ group(id: "${group}") { id } }`)).toBe('OK')
})

test('owners read who did what, and what was refused', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const member = await join(owner, { name: 'Grace' })
  await start(member)
  await codeOf(member, 'mutation { createProject(team: "team-1", name: "not mine") { id } }')
  const token = await makeToken(member, { scopes: ['READ', 'RUN'] })
  await codeOf(
    clientWith(server.address, token.token),
    'mutation { startSearch(input: { dataset: "digits", epochs: 1 }) { id } }',
  )
  const { team } = await owner.ask<{
    team: {
      audit: { edges: { node: { action: string; user: { name: string }; detail: object; token: string | null } }[] }
    }
  }>('{ team(slug: "first") { audit { edges { node { action user { name } token detail } } } } }')
  const told = team.audit.edges.map(
    ({ node }) =>
      `${node.user.name}: ${node.action}${'refused' in node.detail ? ', refused' : ''}${node.token ? ', by token' : ''}`,
  )
  expect(told).toContain('Grace: startSearch')
  expect(told).toContain('Grace: createProject, refused')
  expect(told).toContain('Grace: startSearch, by token')
  expect(told.some((one) => one.endsWith(': invite'))).toBe(true)
})
