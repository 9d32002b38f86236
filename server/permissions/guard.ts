// Stands before every field: by the permission table it is answered or refused, no row comes out that may not be seen, what was
// changed is written into the audit log, and nothing begins after the time of its request is over.
import type { Role, Scope } from '@cellboard/schema/people'
import {
  getNamedType,
  getNullableType,
  isLeafType,
  isNonNullType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql'
import type { MiddlewareFn, NextFn } from 'type-graphql'
import { noteRefusal, noteMutation } from '../audit/audit.js'
import { inSpan } from '../graphql/traces.js'
import { forbidden, notFound, unauthenticated } from '../errors.js'
import type { Context } from '../graphql/context.js'
import type { Rights } from '../people/rights.js'
import { locate, NAMED } from './located.js'
import { PERMISSIONS } from './table.js'
import type { Rule } from './rules.js'
import { isSeen } from './sees.js'
import { entityOf } from '../store/orm.js'

/** The table's rule for a field of an object type, its own or its interface's. */
export function ruleOf(schema: GraphQLSchema, typeName: string, field: string): Rule | undefined {
  const own = PERMISSIONS[typeName]?.[field]
  if (own) return own
  const type = schema.getType(typeName)
  const interfaces = type && 'getInterfaces' in type ? type.getInterfaces() : []
  return interfaces.map(({ name }) => PERMISSIONS[name]?.[field]).find((rule) => rule !== undefined)
}

interface Asked {
  readonly context: Context
  readonly args: Readonly<Record<string, unknown>>
  readonly parent: unknown
}

export const guard: MiddlewareFn<Context> = async ({ info, context, args, root }, next) => {
  const { parentType, fieldName, schema, returnType } = info
  context.scope.deadline?.check()
  const rule = ruleOf(schema, parentType.name, fieldName)
  if (rule?.kind === 'within' && isLeafType(getNamedType(returnType))) return (await next()) as unknown
  const asked = { context, args, parent: root as unknown }
  if (parentType.name === 'Mutation') return inSpan(`Mutation.${fieldName}`, {}, () => mutate(info, rule, asked, next))
  const answer = async () => {
    await permit(rule, asked)
    return onlySeen(context, (await next()) as unknown, returnType)
  }
  return ROOTS.has(parentType.name) ? inSpan(`${parentType.name}.${fieldName}`, {}, answer) : answer()
}

const ROOTS = new Set(['Query', 'Subscription'])

async function mutate(
  { fieldName: action, returnType }: GraphQLResolveInfo,
  rule: Rule | undefined,
  asked: Asked,
  next: NextFn,
): Promise<unknown> {
  const { context } = asked
  context.noted = {}
  try {
    await permit(rule, asked)
  } catch (error) {
    await noteRefusal(context, action, error)
    throw error
  }
  const value = onlySeen(context, await next(), returnType)
  await noteMutation(context, action)
  return value
}

/** A subscription's source is made before any field is resolved, so the table is asked there too. */
export function guardSources(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const { subscribe } = field
    field.subscribe = async (root, args: Record<string, unknown>, context: Context, info) => {
      await permit(ruleOf(schema, 'Subscription', field.name), { context, args, parent: root })
      return await subscribe?.(root, args, context, info)
    }
  }
  return schema
}

/** @throws UNAUTHENTICATED for strangers; NOT_FOUND for what they do not see; FORBIDDEN for what they see but may not do */
async function permit(rule: Rule | undefined, { context, args, parent }: Asked): Promise<void> {
  const { asker, rights } = context
  if (rule?.kind === 'open' || rule?.kind === 'within') return
  if (!asker.user && (rights.isEmpty || (rule?.kind !== 'reads' && rule?.kind !== 'sees'))) throw unauthenticated()
  if (rule === undefined) throw forbidden('This field is open to nobody.')
  if (rule.kind === 'session') {
    if (asker.session === null) throw forbidden('Expected a session, but received a token. Sign in to do this.')
    return
  }
  needScope(context, rule.kind === 'reads' || rule.kind === 'sees' ? 'read' : rule.scope)
  if (rule.kind === 'sees' || rule.kind === 'may') await permitNamed(rule, context, args)
  if (rule.kind === 'role') permitRole(rights, rule.role, parent)
}

/** Of an argument, or of a field of one: `id`, `input.project`. */
const valueAt = (args: Asked['args'], argument: string): unknown =>
  argument.split('.').reduce<unknown>((at, key) => (at as typeof args | undefined)?.[key], args)

async function permitNamed(
  rule: Extract<Rule, { what: unknown }>,
  context: Context,
  args: Asked['args'],
): Promise<void> {
  const named = rule.argument.split(' ').map((argument) => valueAt(args, argument))
  const ids = named.flatMap((value) => (value ?? []) as string | string[])
  for (const id of ids) {
    const place = await locate(context, rule.what, id)
    if (!place) throw notFound(NAMED[rule.what], id)
    if (rule.kind !== 'may') continue
    const { rights, noted } = context
    const { projectId, teamId } = place
    noted.teamId = teamId ?? rights.teamOfProject(projectId)
    noted.subject ??= id
    const allowed =
      projectId === null ? rights.mayInTeam(teamId!, rule.role) : rights.mayInProject(projectId, rule.role)
    if (!allowed) throw forbidden(`Expected the role ${rule.role} or above, to do this with ${NAMED[rule.what]}.`)
  }
}

/** The parent is a team, or a thing of one; or a project, or a thing of one. */
function permitRole(rights: Rights, role: Role, parent: unknown): void {
  const { id, teamId, projectId } = parent as { id: number; teamId?: number; projectId?: number }
  const allowed =
    projectId !== undefined
      ? rights.mayInProject(projectId, role)
      : entityOf(parent) === 'Project'
        ? rights.mayInProject(id, role)
        : rights.mayInTeam(teamId ?? id, role)
  if (!allowed) throw forbidden(`Expected the role ${role} or above in this team.`)
}

function needScope({ asker }: Context, scope: Scope): void {
  if (asker.scopes.has(scope)) return
  throw forbidden(`Expected a token with the scope ${scope}, but it has ${[...asker.scopes].join(', ') || 'none'}.`)
}

/** A list without what is not seen; null in place of one thing, or NOT_FOUND where there must be one. */
function onlySeen(context: Context, value: unknown, type: GraphQLOutputType): unknown {
  if (Array.isArray(value)) return value.filter((one) => isSeen(context, one))
  if (isSeen(context, value)) return value
  if (!isNonNullType(type)) return null
  throw notFound('something that you may see', String(getNullableType(type)))
}
