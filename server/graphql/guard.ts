// Nothing is open to strangers: every field at the top needs a session, but for those named here. And nothing goes on for ever:
// no field begins after the time of its request is over.
import type { MiddlewareFn } from 'type-graphql'
import { unauthenticated } from '../errors.js'
import type { Context } from './context.js'

const OPEN = new Set(['Query.viewer', 'Query.server', 'Mutation.signIn', 'Mutation.signOut'])
const TOP = new Set(['Query', 'Mutation', 'Subscription'])

export const guard: MiddlewareFn<Context> = ({ info, context }, next) => {
  const { parentType, fieldName } = info
  if (!context.user && TOP.has(parentType.name) && !OPEN.has(`${parentType.name}.${fieldName}`)) throw unauthenticated()
  context.scope.deadline?.check()
  return next()
}
