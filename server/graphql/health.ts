// For whoever keeps this server running: is it alive, can it answer, what has it counted.
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Express, Request, Response } from 'express'
import type { Logger } from 'pino'
import type { Config } from '../config.js'
import { unauthenticated } from '../errors.js'
import { isLoopback, isOurName } from '../people/identity.js'
import { hashSecret } from '../people/secrets.js'
import { rows, type Store } from '../store/orm.js'
import type { Counts } from './counts.js'
import { refuse } from './refusal.js'

export function serveHealth(
  app: Express,
  { config, store, counts, log }: { config: Config; store: Store; counts: Counts; log: Logger },
): void {
  app.get('/healthz', (_request, response) => void noStore(response).json({ status: 'ok' }))
  app.get('/readyz', async (_request, response) => {
    try {
      await rows(store.em.fork(), 'select 1')
      noStore(response).json({ status: 'ready' })
    } catch (error) {
      log.error({ err: error }, 'The store does not answer.')
      noStore(response).status(503).json({ status: 'the store does not answer' })
    }
  })
  app.get('/metrics', async (request: Request, response) => {
    if (!mayCount(request, config))
      return refuse(
        response,
        401,
        unauthenticated(
          'Expected a request from this machine itself, or Authorization: Bearer with the value of CELLBOARD_METRICS_TOKEN.',
        ),
      )
    noStore(response)
      .type(counts.contentType)
      .send(await counts.read())
  })
}

const noStore = (response: Response) => response.set('Cache-Control', 'no-store')

/** Whoever shows the token; without one configured, this machine itself, as long as no proxy makes all visitors look like it. */
function mayCount(request: IncomingMessage, config: Config): boolean {
  const { metricsToken, publicUrl, proxies } = config
  if (metricsToken !== null) {
    const shown = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    return shown !== undefined && timingSafeEqual(Buffer.from(hashSecret(shown)), Buffer.from(hashSecret(metricsToken)))
  }
  const { headers, socket } = request
  const direct = publicUrl === null && proxies.length === 0 && !headers['x-forwarded-for'] && !headers.forwarded
  const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
  return direct && isLoopback(address) && isOurName(headers, { host: '127.0.0.1', publicUrl: null })
}
