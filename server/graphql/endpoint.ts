// The address /graphql: queries and mutations over HTTP, subscriptions (and all else) over a socket, with the same rules on both.
import type { Server } from 'node:http'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache'
import { expressMiddleware } from '@as-integrations/express5'
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import { GraphQLError, OperationTypeNode } from 'graphql'
import { cookieName, cookieOptions, credentialsOf, isOurName, isSameOrigin } from '../people/identity.js'
import { admit, contextOf, PATH, type Desk, type Dispose } from './ask.js'
import type { Context, House } from './context.js'
import { refuseAndCount, tellRate } from './door.js'
import { boundErrors, formatError } from './format-error.js'
import { badRequest, rateLimited } from './refusal.js'
import { currentScope, newScope } from './scope.js'
import { openSockets } from './sockets.js'
import { openStream, STREAM_PATH } from './stream.js'
import type { Checked } from './check-request.js'

/** Of documents as JSON; in memory they take some ten times that. */
const MOST_DOCUMENTS_BYTES = 2_000_000

export async function openEndpoint({ app, http }: { app: Express; http: Server }, desk: Desk): Promise<Dispose> {
  const { schema, log, house } = desk
  const apollo = new ApolloServer<Context>({
    schema,
    // Cookies alone must not be enough: a request needs a content type or header that a foreign form cannot send.
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    // By right instead, before execution (check-request.ts): Apollo's own switch would be one for all.
    introspection: true,
    persistedQueries: false,
    // Enough for the dashboard's; as it comes it would keep every document that anybody thinks up, by the hundred megabytes.
    documentStore: new InMemoryLRUCache({ maxSize: MOST_DOCUMENTS_BYTES }),
    formatError: (_, error) => formatError(log, error),
    logger: log,
    // Cache control walks every field of every answer and doubles the time of long lists.
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), boundedAnswers],
  })
  await apollo.start()
  openStream(app, desk)
  const answer = express
    .Router()
    .use(
      refuseForeign(desk),
      refuseOtherMethods(desk),
      express.json({ limit: house.config.limits.bodyBytes }),
      admitRequest(desk, refuseSubscription),
      expressMiddleware(apollo, { context: ({ res }) => Promise.resolve(res.locals.context as Context) }),
    )
  // A browser that is led here by a link is shown the page where the API can be tried out.
  app.use(PATH, (request, response, next) => (wantsPage(request) ? next() : answer(request, response, next)))
  const closeSockets = openSockets(http, desk)
  return async () => {
    await closeSockets()
    await apollo.stop()
  }
}

const boundedAnswers: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response }) => {
        if (response.body.kind === 'single') response.body.singleResult = boundErrors(response.body.singleResult)
        return Promise.resolve()
      },
    }),
}

const wantsPage = (request: Request) => request.method === 'GET' && request.accepts(['json', 'html']) === 'html'

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
      const checked = admit(desk, context, request.body)
      // From here on it is a request like any other.
      request.body = { ...(request.body as object), query: checked.text, extensions: null }
      look(checked, response)
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      return refuseAndCount(response, error.extensions.code === 'UNAUTHENTICATED' ? 401 : 400, error, counts)
    }
    next()
  }
}

function refuseSubscription({ kind }: Checked): void {
  if (kind === OperationTypeNode.SUBSCRIPTION)
    throw badRequest(
      'subscription',
      `Expected a query or mutation: subscriptions are answered on a socket at the same address, or as events at ${STREAM_PATH}.`,
    )
}

/** Keeps a secret in a cookie, or clears it. */
function cookieKeeper({ config }: House, response: Response): Context['keepCookie'] {
  const options = cookieOptions(config)
  return (name, value) => {
    if (value) response.cookie(cookieName(name, config), value, options)
    else response.clearCookie(cookieName(name, config), { ...options, maxAge: undefined })
  }
}
