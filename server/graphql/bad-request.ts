// Requests that never reach a resolver: a body that is too large or no JSON, a path that cannot be read. Told in the API's own form.
import { randomBytes } from 'node:crypto'
import type { ErrorRequestHandler } from 'express'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import type { Counts } from './counts.js'
import { refuseAndCount } from './door.js'
import type { Limits } from './limits.js'
import { badRequest, limitExceeded, refuse } from './refusal.js'
import { currentScope } from './scope.js'

const SENTENCES: Record<number, string> = {
  400: 'Expected a body in JSON and a readable address, but received something else.',
  404: 'Expected the name of a file that is here, but there is none.',
}

/** Express' own page would show the stack. */
export const refuseBadRequest =
  ({ log, limits, counts }: { log: Logger; limits: Limits; counts: Counts }): ErrorRequestHandler =>
  (error: Error & { status?: number; length?: number }, _request, response, next) => {
    if (response.headersSent) return next(error)
    const status = error.status ?? 500
    if (status === 413) {
      const message = `Expected a body of at most ${limits.bodyBytes} bytes, but received a larger one.`
      // The rest of the body is not waited for.
      response.set('Connection', 'close')
      return refuseAndCount(
        response,
        413,
        limitExceeded('bodyBytes', limits.bodyBytes, error.length ?? null, message),
        counts,
      )
    }
    if (status < 500)
      return refuseAndCount(response, status, badRequest('form', SENTENCES[status] ?? error.message), counts)
    const number = randomBytes(4).toString('hex')
    const { requestId } = currentScope() ?? {}
    log.error({ number, requestId, err: error }, 'A request failed by a mistake of the server.')
    const message = `The server made a mistake. Its log has the details under number ${number}.`
    refuse(response, 500, new GraphQLError(message, { extensions: { code: 'INTERNAL_SERVER_ERROR', number } }))
  }
