// What a request carries to say who sends it: a bearer token or cookies, over HTTP and sockets alike.
import type { IncomingMessage } from 'node:http'
import type { CookieOptions } from 'express'
import type { Config } from '../config.js'
import type { Credentials } from './asker.js'
import { SESSION_LIFETIME } from './sessions.js'

/** The session's token; and the secrets of share links that were opened in this browser, with dots between. */
export type CookieName = 'session' | 'shares'

/** What of the configuration says where this server is. */
export type Place = Pick<Config, 'host' | 'publicUrl'>

const isEncrypted = ({ publicUrl }: Pick<Place, 'publicUrl'>) => publicUrl?.protocol === 'https:'

/** By the prefix browsers hold to it that this very host set the cookie, encrypted: no neighbour of its domain can plant one. */
export const cookieName = (cookie: CookieName, place: Pick<Place, 'publicUrl'>): string =>
  `${isEncrypted(place) ? '__Host-' : ''}cellboard_${cookie}`

/** Not readable by scripts, not sent along by other sites' forms, and only encrypted where that is how people reach this server. */
export const cookieOptions = (place: Pick<Place, 'publicUrl'>): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  path: '/',
  maxAge: SESSION_LIFETIME,
  secure: isEncrypted(place),
})

/** More share links than this are not looked up for one request. */
export const MOST_SHARES = 10

/** A bearer's token goes before the cookie that a browser adds by itself. */
export function credentialsOf(
  headers: IncomingMessage['headers'],
  place: Pick<Place, 'publicUrl'>,
  bearer = headers.authorization,
): Credentials {
  const token = /^Bearer\s+([\w-]{20,200})$/i.exec(bearer ?? '')?.[1]
  const cookie = (name: CookieName, value: string) =>
    new RegExp(`(?:^|;\\s*)${cookieName(name, place)}=(${value})(?:;|$)`).exec(headers.cookie ?? '')?.[1]
  return {
    bearer: token ?? cookie('session', '[\\w-]{20,200}') ?? null,
    shares: cookie('shares', '[\\w.-]{20,2000}')?.split('.').slice(0, MOST_SHARES) ?? [],
  }
}

/** Whether the page that sent a request is our own: by the address people use, or by the name that was asked. Programs send no Origin. */
export function isSameOrigin({ origin, host }: IncomingMessage['headers'], publicUrl: URL | null = null): boolean {
  if (origin === undefined || origin === publicUrl?.origin) return true
  try {
    return new URL(origin).host === host
  } catch {
    return false // "null": a sandboxed frame, a file
  }
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
export const isLoopback = (host: string) => LOOPBACK.has(host) || host === '::1'

/**
 * Whether a request names this server by a name it can have. A foreign name that leads here (DNS rebinding) would make a foreign
 * page our own: so where the public address is configured only its name and loopback's are right, and on loopback only loopback's.
 * Elsewhere the names are the owner's affair.
 */
export function isOurName({ host }: IncomingMessage['headers'], { host: boundTo, publicUrl }: Place): boolean {
  if (publicUrl === null && !isLoopback(boundTo)) return true
  return host !== undefined && (host === publicUrl?.host || LOOPBACK.has(host.replace(/:\d+$/, '')))
}
