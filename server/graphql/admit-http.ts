// What stands before every question over HTTP, answered at once or as events: whose page it comes from, who asks, how often, and
// whether what is asked is within limits.
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { GraphQLError } from 'graphql'
import { cookieName, cookieOptions, credentialsOf, isOurName, isSameOrigin } from '../people/identity.js'
import { admit, contextOf, type Desk } from './ask.js'
import type { Checked } from './check-request.js'
import type { Context, House } from './context.js'
import { refuseAndCount, tellCost, tellRate } from './door.js'
import { rateLimited } from './refusal.js'
import { currentScope, newScope } from './scope.js'

const STATUSES: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, RATE_LIMITED: 429 }

export function refuseForeign({ house, counts }: Desk): RequestHandler {
  const { config } = house
  return ({ headers }, response, next) => {
    if (isOurName(headers, config) && isSameOrigin(headers, config.publicUrl)) return next()
    const message = 'Expected a request from a page of this server, but it came from another site.'
    refuseAndCount(
      response,
      403,
      new GraphQLError(message, { extensions: { code: 'FORBIDDEN', limit: 'origin' } }),
      counts,
    )
  }
}

/** Queries in addresses would be kept in logs and caches, and be sent by a link or an image of another site. */
export function refuseOtherMethods({ counts }: Desk): RequestHandler {
  return ({ method }, response, next) => {
    if (method === 'POST') return next()
    response.set('Allow', 'POST')
    const message = `Expected the method POST, but received ${method}.`
    refuseAndCount(
      response,
      405,
      new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', limit: 'method' } }),
      counts,
    )
  }
}

/** Lets through to be answered what is within limits; a body that is no JSON goes on to Apollo, which refuses it. */
export function admitRequest(desk: Desk, look: (checked: Checked, response: Response) => void) {
  const { house, visitors, counts } = desk
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    counts.request('http')
    const scope = currentScope() ?? newScope()
    const visitor = { address: visitors.addressOf(request), program: request.headers['user-agent'] ?? '' }
    const credentials = credentialsOf(request.headers, house.config)
    const context = await contextOf(house, { scope, credentials, visitor }, cookieKeeper(house, response))
    response.locals.context = context
    const [rate, key] = visitors.bucketOf(context.asker.user, visitor.address)
    const taken = visitors.take(rate, key)
    tellRate(response, taken)
    if (!taken.ok) return refuseAndCount(response, 429, rateLimited(rate, taken.most, taken.retryAfterSeconds), counts)
    if (!request.is('application/json')) return next()
    try {
      const checked = admit(desk, context, request.body, (cost, units) => tellCost(response, taken, cost, units))
      // From here on it is a request like any other.
      request.body = { ...(request.body as object), query: checked.text, extensions: null }
      look(checked, response)
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      return refuseAndCount(response, STATUSES[error.extensions.code as string] ?? 400, error, counts)
    }
    next()
  }
}

/** Keeps a secret in a cookie, or clears it. */
function cookieKeeper({ config }: House, response: Response): Context['keepCookie'] {
  const options = cookieOptions(config)
  return (name, value) => {
    if (value) response.cookie(cookieName(name, config), value, options)
    else response.clearCookie(cookieName(name, config), { ...options, maxAge: undefined })
  }
}
