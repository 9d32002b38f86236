// A server with two teams, and everybody who could ask about the first one's things. Its strings all carry a rare word.
import Database from 'libsql'
import { join as path } from 'node:path'
import { clientWith, Follower, type Client } from './client.js'
import { join, makeTeam, makeToken, share } from './people.js'
import { startWithFakeEngine, type RunningServer } from './server.js'

/** In every name of the first team: where it shows up, something of it did. */
export const MARK = 'zzqxj'

export interface Sweep {
  readonly server: RunningServer
  readonly owner: Client
  /** What stands for `$run` and the like: of the first team. */
  readonly there: Readonly<Record<string, string>>
  /** Of the same form, and never made. */
  readonly never: Readonly<Record<string, string>>
  /** By who they are. */
  readonly askers: Readonly<Record<AskerName, Client>>
}

export const ASKERS = [
  'stranger',
  'expired',
  'revoked',
  'foreign',
  'elsewhere',
  'shareOfOther',
  'shareOfThis',
  'viewer',
  'member',
  'maintainer',
  'owner',
  'reads',
  'logs',
  'runs',
  'administers',
] as const
export type AskerName = (typeof ASKERS)[number]

export async function startSweep(): Promise<Sweep> {
  const server = await startWithFakeEngine({
    env: Object.fromEntries(
      [
        'SIGN_INS_PER_ADDRESS',
        'SIGN_INS_PER_ACCOUNT',
        'REQUESTS_PER_STRANGER',
        'REQUESTS_PER_USER',
        'REQUESTS_PER_ADDRESS',
        'COST_PER_USER',
        'COST_PER_STRANGER',
      ].map((name) => [`CELLBOARD_LIMIT_${name}`, name.startsWith('COST') ? '10000000000' : '1000000']),
    ),
  })
  const owner = await server.signIn()
  await owner.ask('mutation ($name: String!) { setProfile(name: $name) { id } }', { name: `owner ${MARK}` })
  const { id: team, project } = await makeTeam(owner, 'asked-about')
  await owner.ask('mutation ($team: ID!, $name: String!) { renameTeam(id: $team, name: $name) { id } }', {
    team,
    name: `team ${MARK}`,
  })
  const start = async (to: string, name: string, seeds: number[] | null = null) => {
    const { startSearch } = await owner.ask<{ startSearch: { id: string; group: { id: string } | null } }>(
      'mutation ($input: SearchInput!, $project: ID!, $seeds: [Int!]) { startSearch(input: $input, project: $project, seeds: $seeds) { id group { id } } }',
      { input: { dataset: 'digits', epochs: 1, name }, project: to, seeds },
    )
    return startSearch
  }
  const { id: run, group } = await start(project, `search ${MARK}`, [1, 2])
  await new Follower(run).untilEnd(owner)
  const other = await start('project-1', 'of another project')
  await owner.ask(
    'mutation ($run: ID!, $mark: String!) { tagRuns(runs: [$run], add: [$mark]) { id } setRun(id: $run, notes: $mark) { id } }',
    {
      run,
      mark: MARK,
    },
  )
  const { startTraining } = await owner.ask<{ startTraining: { id: string } }>(
    'mutation ($project: ID!, $search: ID!, $name: String!) { startTraining(input: { dataset: "digits", epochs: 1, name: $name }, search: $search, project: $project) { id } }',
    { project, search: run, name: `training ${MARK}` },
  )
  await new Follower(startTraining.id).untilEnd(owner)
  const { run: found } = await owner.ask<{ run: { architecture: { id: string } } }>(
    `{ run(id: "${run}") { architecture { id } } }`,
  )
  await owner.ask(
    'mutation ($team: ID!, $name: String!) { createServiceAccount(team: $team, name: $name, role: MEMBER) { role } }',
    {
      team,
      name: `service ${MARK}`,
    },
  )
  const { invite } = await owner.ask<{ invite: { url: string; invitation: { id: string } } }>(
    'mutation ($team: ID!, $note: String!) { invite(team: $team, role: VIEWER, note: $note) { url invitation { id } } }',
    { team, note: `for ${MARK}` },
  )
  const { createStudy } = await owner.ask<{ createStudy: { id: string } }>(
    'mutation ($project: ID!, $name: String!) { createStudy(project: $project, name: $name) { id } }',
    { project, name: `study ${MARK}` },
  )
  await owner.ask(
    'mutation ($study: ID!, $group: ID!, $label: String) { putIntoStudy(study: $study, group: $group, label: $label) { id } }',
    {
      study: createStudy.id,
      group: group!.id,
      label: MARK,
    },
  )
  const { createBoard } = await owner.ask<{ createBoard: { id: string } }>(
    `mutation ($team: ID!, $name: String!) {
      createBoard(team: $team, input: { name: $name, rules: { subject: RUN, metric: { name: "loss", direction: LOWER } } }) { id }
    }`,
    { team, name: `board ${MARK}` },
  )
  const { submitEntry } = await owner.ask<{ submitEntry: { id: string } }>(
    'mutation ($board: ID!, $run: ID!) { submitEntry(board: $board, subject: $run) { id } }',
    { board: createBoard.id, run },
  )
  const link = await share(owner, run)
  const there = {
    run,
    group: group!.id,
    study: createStudy.id,
    board: createBoard.id,
    entry: submitEntry.id,
    team,
    project,
    slug: 'asked-about',
    projectName: 'main',
    architecture: found.architecture.id,
    invitation: invite.invitation.id,
    invitationSecret: invite.url.split('/').at(-1)!,
    share: link.id,
  }
  const never = {
    run: 'search-9999',
    group: 'group-9999',
    study: 'study-9999',
    board: 'board-9999',
    entry: 'entry-9999',
    team: 'team-9999',
    project: 'project-9999',
    slug: 'team-never',
    projectName: 'main',
    architecture: 'architecture-0123456789abcdef',
    invitation: 'invitation-9999',
    invitationSecret: there.invitationSecret,
    share: 'share-9999',
  }
  const token = (scopes: string[], more: object = {}) => makeToken(owner, { scopes, ...more })
  const revoked = await token(['READ', 'LOG', 'RUN', 'ADMIN'])
  await owner.ask('mutation ($id: ID!) { revokeToken(id: $id) { id } }', { id: revoked.id })
  const expired = await token(['READ', 'LOG', 'RUN', 'ADMIN'])
  expire(server, expired.id)
  const foreign = await join(owner, { team: 'team-1', role: 'OWNER', name: 'foreign' })
  await makeTeam(foreign, 'of-the-foreign')
  const of = (role: 'VIEWER' | 'MEMBER' | 'MAINTAINER' | 'OWNER') =>
    join(owner, { team, role, name: `${role} ${MARK}` })
  return {
    server,
    owner,
    there,
    never,
    askers: {
      stranger: clientWith(server.address, ''),
      expired,
      revoked,
      foreign,
      elsewhere: await token(['READ', 'LOG', 'RUN', 'ADMIN'], { project: 'project-1' }),
      shareOfOther: clientWith(server.address, (await share(owner, other.id)).secret),
      shareOfThis: clientWith(server.address, link.secret),
      viewer: await of('VIEWER'),
      member: await of('MEMBER'),
      maintainer: await of('MAINTAINER'),
      owner: await of('OWNER'),
      reads: await token(['READ']),
      logs: await token(['LOG']),
      runs: await token(['RUN']),
      administers: await token(['ADMIN']),
    },
  }
}

/** As time would, in the store itself. */
function expire(server: RunningServer, token: string): void {
  const store = new Database(path(server.home, 'store.sqlite'))
  store.prepare('update token set expires_at = 1 where id = ?').run(Number(token.split('-')[1]))
  store.close()
}

export const filled = (document: string, ids: Readonly<Record<string, string>>): string =>
  document.replace(/\$(\w+)/g, (_, name: string) => ids[name] ?? `$${name}`)
