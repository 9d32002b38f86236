// From somebody who asks to what may be answered: who it is, whether they may ask again, and whether what they ask is within limits.
import { OperationTypeNode, type GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { askerOf, type Credentials } from '../people/asker.js'
import { rightsOf } from '../people/rights.js'
import { checkRequest, type Checked } from './check-request.js'
import type { Context, House, Visitor } from './context.js'
import type { Counts } from './counts.js'
import type { OpenLines } from './lines.js'
import { noteInSpan } from './traces.js'
import { newLoaders } from './loaders.js'
import { Deadline, type Scope } from './scope.js'
import type { Operations } from './persisted.js'
import type { Taken } from './rates.js'
import { badRequest, rateLimited } from './refusal.js'
import type { Visitors } from './visitors.js'

export const PATH = '/graphql'

/** Ends what is under way at this address. */
export type Dispose = () => Promise<void>

/** What both ways of asking work with. */
export interface Desk {
  readonly schema: GraphQLSchema
  readonly log: Logger
  readonly house: House & { readonly lines: OpenLines }
  readonly visitors: Visitors
  readonly counts: Counts
  readonly operations: Operations
}

export async function contextOf(
  house: House,
  { scope, credentials, visitor }: { scope: Scope; credentials: Credentials; visitor: Visitor },
  keepCookie: Context['keepCookie'] = () => {},
): Promise<Context> {
  const em = house.store.em.fork()
  const asker = await askerOf(em, credentials)
  const rights = await rightsOf(em, asker)
  scope.signedIn = asker.user !== null
  return { house, em, loaders: newLoaders(em), credentials, asker, rights, scope, noted: {}, visitor, keepCookie }
}

/**
 * Checks a request, takes what it costs from who asks, and starts its clock.
 * @throws GraphQLError with the limit that it breaks
 */
export function admit(
  { schema, house, operations, visitors }: Desk,
  { scope, asker, visitor }: Context,
  asked: unknown,
  tell: (taken: Taken, cost: number) => void = () => {},
): Checked {
  const { limits } = house.config
  const checked = checkRequest(schema, asked, limits, scope.signedIn, operations)
  if (house.config.onlyPersisted && !checked.isPersisted && asker.token === null)
    throw badRequest(
      'persisted',
      'Expected an operation of the dashboard: this server answers other documents only to tokens. Make one under Account.',
    )
  const taken = visitors.takeCost(asker.user, visitor.address, checked.cost)
  tell(taken, checked.cost)
  if (!taken.ok) throw rateLimited(taken.rate, taken.most, taken.retryAfterSeconds)
  if (checked.kind !== OperationTypeNode.SUBSCRIPTION) scope.deadline = new Deadline(limits.requestMs)
  noteInSpan({ 'graphql.operation.type': checked.kind, 'graphql.operation.name': checked.operationName ?? '' })
  scope.stopsReads = checked.kind === OperationTypeNode.QUERY
  return checked
}
