// Who sends a request: a bearer token or the session's cookie, over HTTP and sockets alike.
import type { IncomingMessage } from 'node:http'
import type { CookieOptions } from 'express'
import type { Config } from '../config.js'
import { SESSION_LIFETIME } from './sessions.js'

export const COOKIE = 'cellboard_session'

/** Not readable by scripts, and not sent along by other sites' forms. */
export const COOKIE_OPTIONS: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', maxAge: SESSION_LIFETIME }

/** The token of a request; a bearer's goes before the cookie that a browser adds by itself. */
export function tokenOf(headers: IncomingMessage['headers'], bearer = headers.authorization): string | null {
  const token = /^Bearer\s+([\w-]{20,200})$/i.exec(bearer ?? '')?.[1]
  const cookie = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{20,200})(?:;|$)`).exec(headers.cookie ?? '')?.[1]
  return token ?? cookie ?? null
}

/** What of the configuration says where this server is. */
export type Place = Pick<Config, 'host' | 'publicUrl'>

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
