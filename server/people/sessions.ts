// Signing in with a one-time link, and the sessions that begin so.
import { userInfo } from 'node:os'
import { unauthenticated } from '../errors.js'
import type { EntityManager } from '../store/orm.js'
import { hashSecret, newSecret } from './secrets.js'
import { SessionTable, SignInLinkTable } from './session.table.js'
import { FIRST_TEAM } from '../teams/first-team.js'
import { MembershipTable } from '../teams/team.table.js'
import { UserTable, type User } from './user.table.js'

const HOUR = 3_600_000
export const LINK_LIFETIME = 24 * HOUR
export const SESSION_LIFETIME = 30 * 24 * HOUR
const MOST_PROGRAM = 300

/** A fresh one-time link's secret. Links made before and not used are void: only the newest line in a terminal works. */
export async function makeSignInLink(em: EntityManager, now = new Date()): Promise<string> {
  const secret = newSecret()
  await em.transactional(async (em) => {
    await em.nativeDelete(SignInLinkTable, { usedAt: null })
    const expiresAt = new Date(now.getTime() + LINK_LIFETIME)
    await em.insert(SignInLinkTable, { secretHash: hashSecret(secret), createdAt: now, expiresAt })
  })
  return secret
}

/**
 * Turns a link into a session, once. Whoever holds it is the person at the server's terminal, the store's first user.
 * @throws UNAUTHENTICATED where the link is unknown, used or too old.
 */
export async function signIn(
  em: EntityManager,
  link: string,
  program = '',
  now = new Date(),
): Promise<{ token: string; user: User }> {
  return em.transactional(async (em) => {
    // One conditional update decides: of two requests with the same link, one finds nothing left to use.
    const unused = { secretHash: hashSecret(link), usedAt: null, expiresAt: { $gt: now } }
    if ((await em.nativeUpdate(SignInLinkTable, unused, { usedAt: now })) !== 1)
      throw unauthenticated(
        'Expected a sign-in link that was not used before and is younger than a day. Start the server again: it prints a new one.',
      )
    const [first] = await em.find(UserTable, { serviceOf: null }, { orderBy: { id: 'asc' }, limit: 1 })
    const user = first ?? (await createFirstUser(em, now))
    return { token: await beginSession(em, user, program, now), user }
  })
}

/** The token of a new session; those that have ended are cleared away. */
export async function beginSession(em: EntityManager, user: User, program: string, now = new Date()): Promise<string> {
  const token = newSecret()
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME)
  await em.insert(SessionTable, {
    tokenHash: hashSecret(token),
    userId: user.id,
    createdAt: now,
    expiresAt,
    program: program.slice(0, MOST_PROGRAM),
  })
  await em.nativeDelete(SessionTable, { expiresAt: { $lte: now } })
  return token
}

async function createFirstUser(em: EntityManager, now: Date): Promise<User> {
  const user = em.create(UserTable, { name: loginName(), createdAt: now })
  await em.persistAndFlush(user)
  await em.insert(MembershipTable, { teamId: FIRST_TEAM, userId: user.id, role: 'owner', since: now })
  return user
}

function loginName(): string {
  try {
    return userInfo().username || 'you'
  } catch {
    return 'you' // a user id without a name, as in some containers
  }
}

/** Ends a session by the hash of its token. */
export const endSession = async (em: EntityManager, tokenHash: string): Promise<void> => {
  await em.nativeDelete(SessionTable, { tokenHash })
}
