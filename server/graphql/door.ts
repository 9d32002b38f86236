// The door of the house, before any address: every request gets an id and safe headers, and each visitor only as much as is theirs.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Express, Request, Response } from 'express'
import type { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import type { Config } from '../config.js'
import type { Counts } from './counts.js'
import type { Limits } from './limits.js'
import type { Taken } from './rates.js'
import { rateLimited, refuse, ruleOf } from './refusal.js'
import { openRequest } from './traces.js'
import { inScope, newScope } from './scope.js'
import { network, type Visitors } from './visitors.js'

/** Nothing is taken for another kind than it says, framed, or told to other sites. */
const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'X-Frame-Options': 'DENY',
}
const TWO_YEARS = 63_072_000

export function openDoor(
  { app, http }: { app: Express; http: Server },
  { config, visitors, counts, log }: { config: Config; visitors: Visitors; counts: Counts; log: Logger },
): void {
  const { limits, publicUrl } = config
  boundConnections(http, limits, visitors)
  // Plain HTTP is turned away by browsers once they know that the address is an encrypted one.
  const isSecure = publicUrl?.protocol === 'https:'
  const always = isSecure ? { ...HEADERS, 'Strict-Transport-Security': `max-age=${TWO_YEARS}` } : HEADERS
  app.use((request: Request, response: Response, next: () => void) => {
    const scope = newScope()
    response.set(always).set('X-Request-Id', scope.requestId)
    if (log.isLevelEnabled('debug')) noteRequest(log, request, response, scope.requestId)
    // The first part of the path alone: later ones can be secrets of links.
    const place = `/${request.path.split('/')[1] ?? ''}`
    const about = { 'http.request.method': request.method, 'url.path': place, 'cellboard.request_id': scope.requestId }
    const answer = () => {
      const taken = visitors.take('requestsPerAddress', visitors.addressOf(request))
      tellRate(response, taken)
      if (taken.ok) return next()
      counts.refusal('requestsPerAddress', 'http')
      refuse(response, 429, rateLimited('requestsPerAddress', taken.most, taken.retryAfterSeconds))
    }
    const end = openRequest(`${request.method} ${place}`, request.headers, about, () => inScope(scope, answer))
    response.once('close', () => end({ 'http.response.status_code': response.statusCode }))
  })
}

/** Only where an address begins: links of invitations and shares have their secret after that. */
function noteRequest(log: Logger, { method, path }: Request, response: Response, requestId: string): void {
  const began = performance.now()
  response.once('close', () => {
    const milliseconds = Math.round(performance.now() - began)
    log.debug(
      { requestId, method, room: path.split('/', 2)[1], status: response.statusCode, milliseconds },
      'A request.',
    )
  })
}

/** How much is left, as the IETF's draft names it; the closest bound is the one to know. */
export function tellRate(response: Response, { ok, most, remaining, resetSeconds, retryAfterSeconds }: Taken): void {
  response.set({
    'RateLimit-Limit': String(most),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(resetSeconds),
    ...(!ok && { 'Retry-After': String(retryAfterSeconds) }),
  })
}

/** How much is left of both bounds, in the newer form of the same draft, and what this request took, in points of cost. */
export function tellCost(response: Response, requests: Taken, cost: Taken, units: number): void {
  const bounds = { requests, cost }
  const each = (told: (taken: Taken) => string) =>
    Object.entries(bounds)
      .map(([name, taken]) => `"${name}";${told(taken)}`)
      .join(', ')
  response.set({
    'RateLimit-Policy': each(({ most }) => `q=${most};w=60`),
    RateLimit: each(({ remaining, resetSeconds }) => `r=${remaining};t=${resetSeconds}`),
    'X-Request-Cost': String(units),
    ...(!cost.ok && { 'Retry-After': String(cost.retryAfterSeconds) }),
  })
}

/** Answers with a refusal, and counts it. */
export function refuseAndCount(response: Response, status: number, error: GraphQLError, counts: Counts): void {
  counts.refusal(ruleOf(error), 'http')
  refuse(response, status, error)
}

/** A visitor that opens many connections, or never ends a request, holds up nobody else. A proxy of ours brings many visitors. */
function boundConnections(http: Server, limits: Limits, visitors: Visitors): void {
  http.requestTimeout = limits.bodyMs
  http.headersTimeout = Math.min(10_000, limits.bodyMs)
  http.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress
    if (!address || visitors.isProxy(address)) return
    const key = network(address)
    if (!visitors.connections.open(key)) return void socket.destroy()
    socket.once('close', () => visitors.connections.close(key))
  })
}
