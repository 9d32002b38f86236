// Who asks by chance: one of each kind that may see something, and a stranger; made anew when what they did has shut them out.
import type { Client } from '../client.js'
import { join, makeToken, share } from '../people.js'

export interface Person {
  readonly kind: string
  /** Null for a stranger. */
  readonly bearer: string | null
}

/** `keeper` owns the team and asks nothing by chance, so that there is always somebody to invite people. */
export async function newPeople(keeper: Client, run: string): Promise<Person[]> {
  const people: Person[] = [{ kind: 'stranger', bearer: null }]
  for (const role of ['VIEWER', 'MEMBER', 'MAINTAINER'] as const) {
    const person = await join(keeper, { role })
    people.push({ kind: role.toLowerCase(), bearer: person.token })
    if (role === 'MEMBER') people.push({ kind: 'token that reads', bearer: (await makeToken(person)).token })
    if (role !== 'MAINTAINER') continue
    // Owns a team of their own: may do there what nobody else in the first one may.
    const slug = `team-of-${Math.random().toString(36).slice(2, 10)}`
    await person.ask('mutation ($slug: String!) { createTeam(slug: $slug, name: "Own") { id } }', { slug })
    const all = { scopes: ['READ', 'LOG', 'RUN', 'ADMIN'] }
    people.push({ kind: 'token with all scopes', bearer: (await makeToken(person, all)).token })
  }
  people.push({ kind: 'share link', bearer: (await share(keeper, run)).secret })
  return people
}
