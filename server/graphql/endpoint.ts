// The address /graphql: queries and mutations over HTTP, subscriptions (and all else) over a socket, with the same rules on both.
import type { Server } from 'node:http'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache'
import { expressMiddleware } from '@as-integrations/express5'
import express, { type Express, type Request } from 'express'
import { OperationTypeNode } from 'graphql'
import { admitRequest, refuseForeign, refuseOtherMethods } from './admit-http.js'
import { PATH, type Desk, type Dispose } from './ask.js'
import type { Checked } from './check-request.js'
import type { Context } from './context.js'
import { boundErrors, formatError } from './format-error.js'
import { badRequest } from './refusal.js'
import { openSockets } from './sockets.js'
import { openStream, STREAM_PATH } from './stream.js'

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

function refuseSubscription({ kind }: Checked): void {
  if (kind === OperationTypeNode.SUBSCRIPTION)
    throw badRequest(
      'subscription',
      `Expected a query or mutation: subscriptions are answered on a socket at the same address, or as events at ${STREAM_PATH}.`,
    )
}
