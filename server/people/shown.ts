// Rows of people and what they hold, as the API shows them: never a hash.
import type { Context } from '../graphql/context.js'
import type { Session as SessionRow } from './session.table.js'
import type { Token as TokenRow } from './token.table.js'
import type { User as UserRow } from './user.table.js'
import type { Session, Token, User, Viewer } from './viewer.type.js'

export const userId = (key: number): string => `user-${key}`
export const tokenId = (key: number): string => `token-${key}`
/** Enough of the hash to name one of a person's sessions; who has the hash still has not the token. */
export const sessionId = (tokenHash: string): string => `session-${tokenHash.slice(0, 16)}`

export const shownUser = ({ id, name, serviceOf }: UserRow): User => ({
  id: userId(id),
  name,
  service: serviceOf != null,
})

/** Null for nobody, and for a user that is gone. */
export async function userByKey(
  { loaders }: Pick<Context, 'loaders'>,
  key: number | null | undefined,
): Promise<User | null> {
  const user = key == null ? null : await loaders.user.load(key)
  return user && shownUser(user)
}

export const shownViewer = ({ id, name, email, passwordHash }: UserRow, bySession: boolean): Viewer => ({
  id: userId(id),
  name,
  email: email ?? null,
  hasPassword: passwordHash != null,
  bySession,
})

export const shownSession = (session: SessionRow, current: string | null): Session => ({
  id: sessionId(session.tokenHash),
  program: session.program,
  createdAt: session.createdAt,
  lastSeenAt: session.lastSeenAt ?? null,
  expiresAt: session.expiresAt,
  current: session.tokenHash === current,
})

export const shownToken = (token: TokenRow, user: UserRow): Token => ({
  id: tokenId(token.id),
  name: token.name,
  beginning: token.beginning,
  scopes: token.scopes,
  project: token.projectId == null ? null : `project-${token.projectId}`,
  user: shownUser(user),
  createdAt: token.createdAt,
  expiresAt: token.expiresAt ?? null,
  lastUsedAt: token.lastUsedAt ?? null,
  revokedAt: token.revokedAt ?? null,
})
