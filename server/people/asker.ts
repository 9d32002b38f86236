// Who sends a request, told from what they hold: a session, a token, a share link, or nothing.
import { SCOPES, type Scope } from '@cellboard/schema/people'
import { ShareLinkTable, type ShareLinkRow } from '../sharing/share-link.table.js'
import type { EntityManager } from '../store/orm.js'
import { hashSecret } from './secrets.js'
import { SessionTable } from './session.table.js'
import { TokenTable, type Token } from './token.table.js'
import { UserTable, type User } from './user.table.js'

/** What came with a request. */
export interface Credentials {
  /** Of a session or a token; a share link's secret can stand here too. */
  readonly bearer: string | null
  /** Secrets of share links that were opened in a browser. */
  readonly shares: readonly string[]
}

export interface Asker {
  readonly user: User | null
  /** The hash of the session's token; null for all but sessions. */
  readonly session: string | null
  readonly token: Token | null
  readonly shares: readonly ShareLinkRow[]
  readonly scopes: ReadonlySet<Scope>
  /** Until when what they hold is good; null where it does not end by itself. */
  readonly until: Date | null
}

/** Strangers read what is public. */
const NOBODY: Asker = { user: null, session: null, token: null, shares: [], scopes: new Set(['read']), until: null }
const EVERYTHING: ReadonlySet<Scope> = new Set(SCOPES)
/** A use is noted at most once a minute: reading does not have to write. */
const NOTED_MS = 60_000

/** What has expired, was revoked or belongs to somebody who was shut out counts as nothing. */
export async function askerOf(em: EntityManager, { bearer, shares }: Credentials, now = new Date()): Promise<Asker> {
  const opened = await sharesOf(em, bearer === null ? shares : [...shares, bearer], now)
  const until = opened.length === 0 ? null : new Date(Math.min(...opened.map(({ expiresAt }) => +expiresAt)))
  const shared: Asker = { ...NOBODY, shares: opened, until }
  if (bearer === null) return shared
  const hash = hashSecret(bearer)
  const session = await em.findOne(SessionTable, { tokenHash: hash, expiresAt: { $gt: now } })
  const token = session ? null : await em.findOne(TokenTable, { secretHash: hash, revokedAt: null })
  const held = session ?? token
  if (!held || (held.expiresAt && held.expiresAt <= now)) return shared
  const user = await em.findOne(UserTable, { id: held.userId, disabledAt: null })
  if (!user) return shared
  if (token && isOld(token.lastUsedAt, now)) await em.nativeUpdate(TokenTable, token.id, { lastUsedAt: now })
  if (session && isOld(session.lastSeenAt, now))
    await em.nativeUpdate(SessionTable, session.tokenHash, { lastSeenAt: now })
  return {
    user,
    session: session ? hash : null,
    token,
    shares: opened,
    scopes: token ? new Set(token.scopes) : EVERYTHING,
    until: held.expiresAt ?? null,
  }
}

const isOld = (noted: Date | null | undefined, now: Date) => !noted || +now - +noted > NOTED_MS

async function sharesOf(em: EntityManager, secrets: readonly string[], now: Date): Promise<ShareLinkRow[]> {
  if (secrets.length === 0) return []
  const secretHash = { $in: secrets.map(hashSecret) }
  return em.find(ShareLinkTable, { secretHash, revokedAt: null, expiresAt: { $gt: now } })
}

/** The names under which an asker's lines are closed: when what they hold ends, and when what they may changes. */
export const keysOf = ({ user, session, token, shares }: Asker): string[] => [
  'everyone',
  ...(user ? [`user:${user.id}`] : []),
  ...(session ? [`session:${session}`] : []),
  ...(token ? [`token:${token.id}`] : []),
  ...shares.map(({ id }) => `share:${id}`),
]
