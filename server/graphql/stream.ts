// The address /graphql/stream: the same questions answered as server-sent events, for whom a socket is out of reach (GraphQL over SSE,
// distinct connections). It stands behind the same door as /graphql, and what follows is bound as sockets are.
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { GraphQLError, validate, type ExecutionResult } from 'graphql'
import { createHandler, type RequestContext } from 'graphql-sse/lib/use/express'
import { keysOf } from '../people/asker.js'
import type { Desk } from './ask.js'
import type { Checked } from './check-request.js'
import type { Context } from './context.js'
import { refuseAndCount } from './door.js'
import { admitRequest, refuseForeign, refuseOtherMethods } from './admit-http.js'
import { askedWrong, boundErrors, formatError } from './format-error.js'
import { badRequest, limitExceeded } from './refusal.js'

export const STREAM_PATH = '/graphql/stream'

interface Held {
  readonly context: Context
  readonly checked: Checked
}
const heldBy = ({ locals }: Response) => locals as Held

export function openStream(app: Express, desk: Desk): void {
  const { house, log, schema, counts } = desk
  const { bodyBytes, unsentBytes } = house.config.limits
  const handler = createHandler<Context & Record<PropertyKey, unknown>>({
    schema,
    // Each request is a stream of its own: no reservations that could be taken over.
    authenticate: () => null,
    onSubscribe: ({ context: { res } }) => {
      const { context, checked } = heldBy(res)
      const { document, variables, operationName } = checked
      return {
        schema,
        document,
        variableValues: variables,
        operationName,
        contextValue: context as Context & Record<PropertyKey, unknown>,
      }
    },
    onNext: (_context, { context: { res } }, result) => {
      if (res.writableLength > unsentBytes) {
        counts.refusal('unsentBytes', 'http')
        res.destroy()
      }
      if (!result.errors) return
      const { scope } = heldBy(res).context
      const errors = askedWrong(result).map((error) => formatError(log, error, scope))
      // The library asks for errors as they were thrown; what goes out is how they read as JSON.
      return boundErrors({ ...result, errors }) as unknown as ExecutionResult
    },
  })
  app.use(
    STREAM_PATH,
    refuseForeign(desk),
    refuseOtherMethods(desk),
    express.json({ limit: bodyBytes }),
    admitRequest(desk, (checked, response) => {
      const [broken] = validate(schema, checked.document)
      if (broken) throw new GraphQLError(broken.message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })
      response.locals.checked = checked
    }),
    refuseOtherForms(desk),
    holdLine(desk),
    (request: Request, response: Response, next: NextFunction) => {
      handler(request, response).catch(next)
    },
  )
}

/** What came in another form than JSON was not looked at. */
function refuseOtherForms({ counts }: Desk) {
  return (_request: Request, response: Response, next: NextFunction): void => {
    if ((heldBy(response) as Partial<Held>).checked) return next()
    refuseAndCount(response, 415, badRequest('form', 'Expected a body of application/json.'), counts)
  }
}

/** A stream is held open as a socket is: it counts as one, and ends when what its holder has ends. */
function holdLine({ house, visitors, counts }: Desk) {
  const { limits } = house.config
  return (
    _request: Request,
    response: Response<unknown, RequestContext['res']['locals']>,
    next: NextFunction,
  ): void => {
    const { asker, visitor } = heldBy(response).context
    const user = asker.user ? String(asker.user.id) : visitor.address
    if (!visitors.socketsByAddress.open(visitor.address))
      return refuseAndCount(response, 429, limitExceeded('socketsPerAddress', limits.socketsPerAddress, null), counts)
    response.once('close', () => visitors.socketsByAddress.close(visitor.address))
    if (!visitors.socketsByUser.open(user))
      return refuseAndCount(response, 429, limitExceeded('socketsPerUser', limits.socketsPerUser, null), counts)
    response.once('close', () => visitors.socketsByUser.close(user))
    const line = {
      isOpen: () => !response.writableEnded && !response.destroyed,
      // A stream has no codes for its end: who reads it asks again, and is told why then.
      close: () => void response.end(),
      onceClosed: (listener: () => void) => void response.once('close', listener),
    }
    house.lines.add(keysOf(asker), line, asker.until)
    next()
  }
}
