// Linking what a provider knows somebody as to the account that they are signed in to: asked for on their own page, once, and only by the
// session that asked, so that nobody leads another's browser into it.
import type { Config } from '../config.js'
import { conflict } from '../errors.js'
import type { EntityManager } from '../store/orm.js'
import { Challenges } from './challenges.js'
import { IdentityTable } from './identity.table.js'
import { PasskeyTable } from './passkey.table.js'
import { hashSecret } from './secrets.js'
import { UserTable, type User } from './user.table.js'

export interface LinkWish {
  readonly userId: number
  /** Hash of the token of the session that asked. */
  readonly session: string
}

const MOST_IDENTITIES = 20
const wishes = new Challenges<LinkWish>()

/** The secret with which to go to the provider, once, within five minutes. */
export const wishForLink = (wish: LinkWish): string => wishes.add(wish)
export const takeWish = (secret: string): LinkWish | null => wishes.take(secret)

/** Null where it is linked now, also where it was before; or the sentence that says why not. */
export async function linkIdentity(
  em: EntityManager,
  { userId }: LinkWish,
  { iss: issuer, sub: subject }: { readonly iss: string; readonly sub: string },
): Promise<string | null> {
  const known = await em.findOne(IdentityTable, { issuer, subject })
  if (known)
    return known.userId === userId
      ? null
      : 'Expected somebody who is new here, but the provider named another person of this server.'
  if ((await em.count(IdentityTable, { userId })) >= MOST_IDENTITIES)
    return `Expected at most ${MOST_IDENTITIES} ways to sign in by a provider, but there are as many. Unlink one first.`
  await em.insert(IdentityTable, { issuer, subject, userId, createdAt: new Date() })
  return null
}

/** No secret, and short enough for an address. */
export const identityId = ({ issuer, subject }: { readonly issuer: string; readonly subject: string }): string =>
  `identity-${hashSecret(`${issuer} ${subject}`).slice(0, 16)}`

const bare = (issuer: string) => issuer.replace(/\/$/, '')

/**
 * To be asked after a way in was taken away, within the same transaction.
 * @throws CONFLICT where it was the last: then it stays
 */
export async function keepWayIn(em: EntityManager, user: User, { oidc }: Pick<Config, 'oidc'>): Promise<void> {
  if (user.passwordHash != null && user.email != null) return
  if ((await em.count(PasskeyTable, { userId: user.id })) > 0) return
  const identities = await em.find(IdentityTable, { userId: user.id }, { disableIdentityMap: true })
  // What was linked at a provider that is configured no longer lets nobody in.
  if (oidc && identities.some(({ issuer }) => bare(issuer) === bare(oidc.issuer.href))) return
  // For the first person of a server it prints a link at each start.
  const [first] = await em.find(UserTable, { serviceOf: null }, { orderBy: { id: 'asc' }, limit: 1 })
  if (first?.id === user.id) return
  throw conflict(
    'Expected another way to sign in to be left, but this is the last. Set an address and a password, or add a passkey, first.',
  )
}
