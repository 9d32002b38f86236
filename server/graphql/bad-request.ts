// Requests that never reach a resolver: a body that is too large or no JSON, a path that cannot be read. Told in the API's own form.
import { randomBytes } from 'node:crypto'
import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import { MOST_BYTES } from './limits.js'

const SENTENCES: Record<number, string> = {
  400: 'Expected a body in JSON and a readable address, but received something else.',
  404: 'Expected the name of a file that is here, but there is none.',
  413: `Expected a body of at most ${MOST_BYTES} bytes, but received a larger one.`,
}

/** Express' own page would show the stack. */
export const refuseBadRequest =
  (log: Logger): ErrorRequestHandler =>
  (error: Error & { status?: number }, _request, response, next) => {
    if (response.headersSent) return next(error)
    const status = error.status ?? 500
    if (status < 500) {
      const message = SENTENCES[status] ?? error.message
      response.status(status).json({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })
      return
    }
    const number = randomBytes(4).toString('hex')
    log.error({ number, err: error }, 'A request failed by a mistake of the server.')
    const message = `The server made a mistake. Its log has the details under number ${number}.`
    response.status(500).json({ errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR', number } }] })
  }
