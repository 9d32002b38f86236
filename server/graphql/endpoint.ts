// The address /graphql: queries and mutations over HTTP, subscriptions (and all else) over a socket, with the same rules on both.
import type { IncomingMessage, Server } from 'node:http'
import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import { expressMiddleware } from '@as-integrations/express5'
import express, { type Express, type Request, type Response } from 'express'
import { execute, specifiedRules, subscribe, validate, type GraphQLSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import type { Logger } from 'pino'
import { WebSocketServer } from 'ws'
import { COOKIE, COOKIE_OPTIONS, tokenOf, isOurName, isSameOrigin } from '../people/identity.js'
import { userOfToken } from '../people/sessions.js'
import type { Context, House } from './context.js'
import { FORBIDDEN, type OpenLines } from './lines.js'
import { formatError } from './format-error.js'
import { limitDepth, MOST_BYTES } from './limits.js'

const PATH = '/graphql'

/** Ends what is under way at this address. */
export type Dispose = () => Promise<void>

export async function openEndpoint(
  { app, http, schema, log }: { app: Express; http: Server; schema: GraphQLSchema; log: Logger },
  house: House & { readonly lines: OpenLines },
): Promise<Dispose> {
  const apollo = new ApolloServer<Context>({
    schema,
    // Cookies alone must not be enough: a request needs a content type or header that a foreign form cannot send.
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    validationRules: [limitDepth],
    formatError: (_, error) => formatError(log, error),
    logger: log,
    // Cache control walks every field of every answer and doubles the time of long lists.
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled()],
  })
  await apollo.start()
  app.use(
    PATH,
    refuseForeign(house),
    express.json({ limit: MOST_BYTES }),
    expressMiddleware(apollo, { context: ({ req, res }) => contextOfRequest(house, req, res) }),
  )
  const sockets = openSockets(http, schema, log, house)
  return async () => {
    await sockets()
    await apollo.stop()
  }
}

function refuseForeign({ config }: House) {
  return (request: Request, response: Response, next: () => void) => {
    if (isOurName(request.headers, config.host) && isSameOrigin(request.headers)) return next()
    const message = 'Expected a request from a page of this server, but it came from another site.'
    response.status(403).json({ errors: [{ message, extensions: { code: 'FORBIDDEN' } }] })
  }
}

async function contextOf(house: House, token: string | null, keepToken: Context['keepToken']): Promise<Context> {
  const em = house.store.em.fork()
  const user = token ? await userOfToken(em, token) : null
  return { house, em, user, token, keepToken }
}

const contextOfRequest = (house: House, request: Request, response: Response) =>
  contextOf(house, tokenOf(request.headers), (token) => {
    if (token) response.cookie(COOKIE, token, COOKIE_OPTIONS)
    else response.clearCookie(COOKIE, { ...COOKIE_OPTIONS, maxAge: undefined })
  })

function openSockets(
  http: Server,
  schema: GraphQLSchema,
  log: Logger,
  house: House & { readonly lines: OpenLines },
): Dispose {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES })
  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname !== PATH || !isOurName(request.headers, house.config.host) || !isSameOrigin(request.headers))
      return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request))
  })
  const tokenOfSocket = (connection: {
    connectionParams?: Record<string, unknown>
    extra: { request: IncomingMessage }
  }) => {
    const bearer = connection.connectionParams?.authorization
    return tokenOf(connection.extra.request.headers, typeof bearer === 'string' ? bearer : undefined)
  }
  const protocol = useServer(
    {
      schema,
      execute,
      subscribe,
      validate: (schema, document) => validate(schema, document, [...specifiedRules, limitDepth]),
      // A socket is held open: strangers do not get one.
      onConnect: async (connection) => {
        const { user, token } = await contextOf(house, tokenOfSocket(connection), () => {})
        if (user) house.lines.add(token!, connection.extra.socket)
        else connection.extra.socket.close(FORBIDDEN, 'UNAUTHENTICATED')
        return user !== null
      },
      // Anew for every operation: a session that has ended since is noticed.
      context: (connection) => contextOf(house, tokenOfSocket(connection), () => {}),
      onError: (_, _id, _payload, errors) => errors.map((error) => formatError(log, error)),
      onNext: (_, _id, _payload, _args, result) =>
        result.errors ? { ...result, errors: result.errors.map((error) => formatError(log, error)) } : undefined,
    },
    sockets,
  )
  return async () => {
    await protocol.dispose()
    for (const client of sockets.clients) client.terminate()
  }
}
