// Sessions and one-time sign-in links. Both are kept as hashes: who reads the file cannot sign in with it.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const SessionTable = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    tokenHash: p.string().primary(),
    userId: p.integer().index(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    /** The program that signed in, as it calls itself; what a person knows a session by. */
    program: p.string().default(''),
    lastSeenAt: p.datetime().nullable(),
  },
})
export type Session = InferEntity<typeof SessionTable>

export const SignInLinkTable = defineEntity({
  name: 'SignInLink',
  tableName: 'sign_in_link',
  properties: {
    secretHash: p.string().primary(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
})
export type SignInLink = InferEntity<typeof SignInLinkTable>
