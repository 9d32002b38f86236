// The kinds of rules that the permission table is written in.
import type { Role, Scope } from '@cellboard/schema/people'
import type { Kind } from './located.js'

export type Rule =
  /** To everyone. */
  | { readonly kind: 'open' }
  /** To whoever was given the thing that it is a field of. */
  | { readonly kind: 'within' }
  /** To whoever sees anything at all; they are answered with what they see. */
  | { readonly kind: 'reads' }
  /** To whoever sees the things that an argument names. */
  | { readonly kind: 'sees'; readonly what: Kind; readonly argument: string }
  /** To people and service accounts; by a token only with this scope. */
  | { readonly kind: 'person'; readonly scope: Scope }
  /** To people who signed in themselves: no token speaks for them here. */
  | { readonly kind: 'session' }
  /** To who has a role where the things belong that an argument names. Without the argument, to people as above. */
  | { readonly kind: 'may'; readonly scope: Scope; readonly role: Role; readonly what: Kind; readonly argument: string }
  /** A field of a team or a project, to who has a role in it. */
  | { readonly kind: 'role'; readonly scope: Scope; readonly role: Role }

export type FieldRules = Readonly<Record<string, Rule>>

const each = (fields: string, rule: Rule): FieldRules =>
  Object.fromEntries(fields.split(/\s+/).map((field) => [field, rule]))

export const open = (fields: string) => each(fields, { kind: 'open' })
export const within = (fields: string) => each(fields, { kind: 'within' })
export const reads = (fields: string) => each(fields, { kind: 'reads' })
export const person = (scope: Scope, fields: string) => each(fields, { kind: 'person', scope })
export const session = (fields: string) => each(fields, { kind: 'session' })
export const inRole = (role: Role, fields: string, scope: Scope = 'read') => each(fields, { kind: 'role', scope, role })

export const sees = (what: Kind, argument: string): Rule => ({ kind: 'sees', what, argument })

/** As in `may('run', 'member', 'run', 'id')`: with scope run and from member on, where the run named by the argument `id` belongs; of several arguments, in all their places. */
export const may = (scope: Scope, role: Role, what: Kind, argument: string): Rule => ({
  kind: 'may',
  scope,
  role,
  what,
  argument,
})
