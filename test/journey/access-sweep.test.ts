// The access sweep, generated from the schema and the permission table: every field, mutation and subscription, asked by everybody
// who could ask. What comes out is what the table says; and whoever has no business there learns nothing, not even that it is there.
import { buildSchema, type GraphQLSchema } from 'graphql'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import { isAtLeast, type Role, type Scope } from '@cellboard/schema/people'
import { ruleOf } from '../../server/permissions/guard.js'
import type { Rule } from '../../server/permissions/rules.js'
import type { Client } from '../kit/client.js'
import { querySamples, rootSamples, type Sample } from '../kit/sweep-documents.js'
import { ASKERS, filled, MARK, startSweep, type AskerName, type Sweep } from '../kit/sweep-people.js'

const require = createRequire(import.meta.url)
let schema: GraphQLSchema
let sweep: Sweep
beforeAll(() => {
  schema = buildSchema(readFileSync(require.resolve('@cellboard/schema/schema.graphql'), 'utf8'))
})

interface Standing {
  readonly role: Role | null
  /** Null: signed in themselves. */
  readonly scopes: readonly Scope[] | null
}

/** Who may do what in the first team, in the words of schema/people.ts. */
const INSIDE: Partial<Record<AskerName, Standing>> = {
  viewer: { role: 'viewer', scopes: null },
  member: { role: 'member', scopes: null },
  maintainer: { role: 'maintainer', scopes: null },
  owner: { role: 'owner', scopes: null },
  reads: { role: 'owner', scopes: ['read'] },
  logs: { role: 'owner', scopes: ['log'] },
  runs: { role: 'owner', scopes: ['run'] },
  administers: { role: 'owner', scopes: ['admin'] },
}
const NOBODY: readonly AskerName[] = ['stranger', 'expired', 'revoked']
const OUTSIDE: readonly AskerName[] = ['foreign', 'elsewhere', 'shareOfOther']

/** Whether the table lets somebody inside ask for this. */
function allows(rule: Rule | undefined, { role, scopes }: Standing): boolean {
  const has = (scope: Scope) => scopes === null || scopes.includes(scope)
  switch (rule?.kind) {
    case undefined:
      return false
    case 'open':
    case 'within':
      return true
    case 'reads':
    case 'sees':
      return has('read')
    case 'person':
      return has(rule.scope)
    case 'session':
      return scopes === null
    case 'may':
    case 'role':
      return has(rule.scope) && role !== null && isAtLeast(role, rule.role)
  }
}

const rulesOf = ({ steps }: Sample) => steps.map(({ type, field }) => ruleOf(schema, type, field))

interface Told {
  readonly data?: unknown
  readonly errors?: { readonly extensions: { readonly code: string } }[]
}

async function ask(client: Client, document: string): Promise<{ told: Told; text: string }> {
  const headers = {
    'content-type': 'application/json',
    ...(client.token && { authorization: `Bearer ${client.token}` }),
  }
  const body = JSON.stringify({ query: document })
  const response = await fetch(`${client.address}/graphql`, { method: 'POST', headers, body })
  const text = await response.text()
  return { told: JSON.parse(text) as Told, text }
}

/** Whether it has something of the first team. */
const tells = (text: string) => text.includes(MARK)

const codesOf = ({ errors }: Told) => errors?.map(({ extensions }) => extensions.code) ?? []
const REFUSED = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']

test('every query, by everybody', async () => {
  sweep = await startSweep()
  const samples = querySamples(schema)
  expect(samples.length).toBeGreaterThan(300)
  const wrong: string[] = []
  for (const sample of samples) {
    const rules = rulesOf(sample)
    const isOpen = rules.every((rule) => rule?.kind === 'open' || rule?.kind === 'within')
    for (const name of ASKERS) {
      const { told, text } = await ask(sweep.askers[name], filled(sample.document, sweep.there))
      const codes = codesOf(told)
      const complain = (expected: string) =>
        wrong.push(`${sample.name} by ${name}: expected ${expected}, but received ${text.slice(0, 200)}`)
      const standing = INSIDE[name]
      if (standing) {
        const allowed = rules.every((rule) => allows(rule, standing))
        // A token sees no sessions; who is not asked for is not refused.
        if (allowed && codes.some((code) => REFUSED.includes(code))) complain('an answer')
        if (!allowed && !codes.includes('FORBIDDEN')) complain('FORBIDDEN')
      } else if (NOBODY.includes(name)) {
        const isNull = text === '{"data":{"viewer":null}}\n'
        if (!isOpen && !isNull && codes[0] !== 'UNAUTHENTICATED') complain('UNAUTHENTICATED')
      }
      const isInvitation = sample.name.startsWith('Query.invitation') || sample.name.startsWith('InvitationPreview.')
      if (
        (NOBODY.includes(name) || OUTSIDE.includes(name)) &&
        text.includes(MARK) &&
        !isInvitation &&
        name !== 'elsewhere'
      )
        complain('nothing of the team')
    }
  }
  expect(wrong.slice(0, 40), `${wrong.length} wrong`).toEqual([])

  // The rest of the sweep goes on with the same people.
  await everyMutation()
  await everySubscription()
  await nothingToTell(samples)
  await shownByLink()
})

async function everyMutation(): Promise<void> {
  const wrong: string[] = []
  for (const sample of rootSamples(schema, 'Mutation')) {
    const [rule] = rulesOf(sample)
    for (const name of ASKERS) {
      const standing = INSIDE[name]
      const document = filled(sample.document, sweep.there)
      // What is let through changes nothing only because its arguments are wrong; these have none that could be.
      const wouldWork =
        /^Mutation\.(sign|ask|trash|restore|removeStudy|revoke|cancel|pause|resume|openShare|accept)/.test(sample.name)
      const isAllowed = rule?.kind === 'open' || (standing !== undefined && allows(rule, standing))
      if (wouldWork && isAllowed) continue
      const { told, text } = await ask(sweep.askers[name], document)
      const [code] = codesOf(told)
      const complain = (expected: string) =>
        wrong.push(`${sample.name} by ${name}: expected ${expected}, but received ${text.slice(0, 200)}`)
      if (rule?.kind === 'open') continue
      if (standing) {
        if (isAllowed && (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED')) complain('no refusal')
        // Whoever may not look at invitations and share links is told that there are none.
        const isHidden =
          rule?.kind === 'may' && ['invitation', 'shareLink'].includes(rule.what) && standing.scopes === null
        if (!isAllowed && code !== (isHidden ? 'NOT_FOUND' : 'FORBIDDEN')) complain('a refusal')
      } else if (name === 'foreign' || name === 'elsewhere') {
        const personal = rule?.kind === 'session' || rule?.kind === 'person'
        if (!personal && code !== 'NOT_FOUND' && !(name === 'elsewhere' && code === 'FORBIDDEN')) complain('NOT_FOUND')
      } else if (code !== 'UNAUTHENTICATED') complain('UNAUTHENTICATED')
      if (!standing && name !== 'shareOfThis' && tells(text)) complain('nothing of the team')
    }
  }
  expect(wrong.slice(0, 40), `${wrong.length} wrong`).toEqual([])
}

async function everySubscription(): Promise<void> {
  const wrong: string[] = []
  for (const sample of rootSamples(schema, 'Subscription'))
    for (const name of ASKERS) {
      const [rule] = rulesOf(sample)
      const standing = INSIDE[name]
      const told = await firstOf(
        sweep.askers[name],
        filled(sample.document, sweep.there),
        sample.name === 'Subscription.runChanged',
      )
      const complain = (expected: string) =>
        wrong.push(`${sample.name} by ${name}: expected ${expected}, but received ${told}`)
      if (standing) {
        if (allows(rule, standing) !== !/FORBIDDEN/.test(told))
          complain(allows(rule, standing) ? 'a line' : 'FORBIDDEN')
      } else if (NOBODY.includes(name)) {
        if (!told.includes('4403')) complain('no line')
      } else if (OUTSIDE.includes(name) && sample.name === 'Subscription.runFeed' && !told.includes('NOT_FOUND'))
        complain('NOT_FOUND')
    }
  expect(wrong.slice(0, 40), `${wrong.length} wrong`).toEqual([])
}

/** What comes first, in words; of a quiet subscription only whether it is refused. */
async function firstOf(client: Client, document: string, isQuiet: boolean): Promise<string> {
  const socket = client.openSocket()
  const first = socket
    .iterate({ query: document })
    .next()
    .then(({ value }) => JSON.stringify(value ?? null), told)
  // A refusal comes before the answers to what is asked after it on the same line.
  const ask = () => socket.iterate({ query: '{ server { version } }' }).next()
  const answered = ask()
    .then(ask)
    .then(() => 'open', told)
  const heard = await (isQuiet ? Promise.race([first, answered]) : first)
  await socket.dispose()
  await Promise.all([first, answered])
  return heard
}

const told = (error: unknown): string =>
  error instanceof Error ? error.message : JSON.stringify(error, ['code', 'message', 'extensions', '0', 'reason'])

/** To outsiders what is there and what never was are the same, to the letter. */
async function nothingToTell(queries: readonly Sample[]): Promise<void> {
  const wrong: string[] = []
  const named = [...queries, ...rootSamples(schema, 'Mutation')].filter(({ document }) => document.includes('$'))
  for (const { name, document } of named) {
    if (/\$invitationSecret/.test(document)) continue
    for (const asker of ['foreign', 'shareOfOther', 'stranger'] as const) {
      const plain = async (ids: Readonly<Record<string, string>>) => {
        const { text } = await ask(sweep.askers[asker], filled(document, ids))
        return Object.entries(ids).reduce(
          (told, [key, id]) => told.replaceAll(id, `<${key}>`),
          text.replace(/"requestId":"\w+"/g, ''),
        )
      }
      const [there, never] = [await plain(sweep.there), await plain(sweep.never)]
      if (there !== never) wrong.push(`${name} by ${asker}: ${there} is not ${never}`)
    }
  }
  expect(wrong.slice(0, 40), `${wrong.length} wrong`).toEqual([])
}

/** A share link shows its run and nothing beside it. */
async function shownByLink(): Promise<void> {
  const { shareOfThis } = sweep.askers
  const { run, group } = sweep.there
  const { told } = await ask(
    shareOfThis,
    `{ run(id: "${run}") { id project { id } group { id } createdBy { id } } runs { totalCount } groups { totalCount } }`,
  )
  expect(told).toEqual({
    data: {
      run: { id: run, project: null, group: null, createdBy: null },
      runs: { totalCount: 1 },
      groups: { totalCount: 0 },
    },
  })
  expect(codesOf((await ask(shareOfThis, `{ group(id: "${group}") { id } }`)).told)).toEqual(['NOT_FOUND'])
}
