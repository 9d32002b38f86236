// The sockets that are open, by session: when a session ends, its lines end with it.
import type { WebSocket } from 'ws'
import type { Lines } from './context.js'

/** The protocol's code for "not allowed": a client does not try again by itself. */
export const FORBIDDEN = 4403

export class OpenLines implements Lines {
  readonly #byToken = new Map<string, Set<WebSocket>>()

  /** A socket that was closed meanwhile is not kept. */
  add(token: string, socket: WebSocket): void {
    if (socket.readyState !== socket.OPEN) return
    const lines = this.#byToken.get(token) ?? new Set()
    this.#byToken.set(token, lines.add(socket))
    socket.once('close', () => {
      lines.delete(socket)
      if (lines.size === 0 && this.#byToken.get(token) === lines) this.#byToken.delete(token)
    })
  }

  closeOf(token: string): void {
    for (const socket of this.#byToken.get(token) ?? []) socket.close(FORBIDDEN, 'UNAUTHENTICATED')
  }
}
