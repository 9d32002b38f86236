// Writes the audit log: every mutation that was done, and every one that was refused to somebody who may see its place.
import { GraphQLError } from 'graphql'
import type { Context } from '../graphql/context.js'
import type { EntityManager } from '../store/orm.js'
import { AuditTable, type AuditRow } from './audit.table.js'

/** What a resolver adds to the entry of its mutation. */
export interface Noted {
  teamId?: number | null
  /** Who did it, where that is known only afterwards: a sign-in. */
  userId?: number
  subject?: string
  detail?: Readonly<Record<string, unknown>>
  /** Nothing is written: what happens too often to be kept one by one. */
  quiet?: boolean
}

type NewEntry = Pick<AuditRow, 'action'> & Partial<Omit<AuditRow, 'id' | 'action' | 'time'>>

export async function appendAudit(em: EntityManager, entry: NewEntry, now = new Date()): Promise<void> {
  await em.insert(AuditTable, {
    teamId: null,
    userId: null,
    tokenId: null,
    subject: '',
    detail: {},
    requestId: '',
    ...entry,
    time: now,
  })
}

/** By what way somebody tried; whose account it was, where that is known. Never what they tried with. */
export const noteRefusedSignIn = (
  em: EntityManager,
  way: 'link' | 'password' | 'passkey' | 'provider',
  { requestId, userId = null }: { readonly requestId: string; readonly userId?: number | null },
): Promise<void> => appendAudit(em.fork(), { action: 'signInRefused', userId, detail: { way }, requestId })

async function note({ em, asker, scope }: Context, action: string, noted: Noted): Promise<void> {
  const { teamId = null, userId = asker.user?.id ?? null, subject = '', detail = {} } = noted
  await appendAudit(em.fork(), {
    action,
    teamId,
    userId,
    tokenId: asker.token?.id ?? null,
    subject,
    detail,
    requestId: scope.requestId,
  })
}

export const noteMutation = async (context: Context, action: string): Promise<void> => {
  if (!context.noted.quiet) await note(context, action, context.noted)
}

/** Who has no business there is told that nothing is there, and leaves no entry in its log. */
export async function noteRefusal(context: Context, action: string, error: unknown): Promise<void> {
  if (!(error instanceof GraphQLError) || error.extensions.code !== 'FORBIDDEN' || !context.asker.user) return
  await note(context, action, { ...context.noted, detail: { refused: error.message } })
}
