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

/** How writing to somebody fails who has left. */
const GONE = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'])

/** Express' own page would show the stack, and Express' own log is not ours. */
export const refuseBadRequest =
  ({ log, limits, counts }: { log: Logger; limits: Limits; counts: Counts }): ErrorRequestHandler =>
  // Express takes for a handler of errors only what has four arguments.
  (error: Error & { status?: number; length?: number; code?: string }, _request, response, _next) => {
    const { requestId } = currentScope() ?? {}
    const isGone = GONE.has(error.code ?? '')
    if (isGone || response.headersSent) {
      // Whoever leaves while they are answered is told nothing, and is nobody's mistake.
      if (!isGone) log.error({ requestId, err: error }, 'An answer broke off by a mistake of the server.')
      return void response.destroy()
    }
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
    log.error({ number, requestId, err: error }, 'A request failed by a mistake of the server.')
    const message = `The server made a mistake. Its log has the details under number ${number}.`
    refuse(response, 500, new GraphQLError(message, { extensions: { code: 'INTERNAL_SERVER_ERROR', number } }))
  }
