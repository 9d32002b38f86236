// One socket, bound in everything it can take: frames a minute, what it has not read yet, how long it may say nothing.
import type { Server as Protocol } from 'graphql-ws'
import type { Logger } from 'pino'
import type { RawData, WebSocket } from 'ws'
import type { Counts } from './counts.js'
import type { Limits } from './limits.js'
import { Rates } from './rates.js'
import type { Extra } from './sockets.js'

/** Before it has said who it is, a socket has nothing long to say. */
const MOST_FIRST_BYTES = 10_000
/** A long message counts as several frames, so that long ones do not bring more than short ones. */
const BYTES_A_FRAME = 20_000
const CODES = { refused: 1008, tooLarge: 1009, broken: 1011, unreadable: 4400, idle: 4408 }

export function bindSocket(
  socket: WebSocket,
  extra: Extra,
  protocol: Protocol<Extra>,
  { limits, counts, log }: { limits: Limits; counts: Counts; log: Logger },
): void {
  const frames = new Rates(limits.framesPerSocket)
  let busyAt = performance.now()
  let answered = true
  let heardFirst = false

  const refuse = (code: number, rule: string) => {
    if (socket.readyState !== socket.OPEN) return
    counts.refusal(rule, 'socket')
    socket.close(code, `LIMIT_EXCEEDED ${rule} ${String(limits[rule as keyof Limits] ?? '')}`.trim())
  }
  /** Whether one more frame may be listened to. */
  const mayHear = (bytes: number): boolean => {
    if (socket.readyState !== socket.OPEN) return false
    if (frames.take('', 1 + Math.floor(bytes / BYTES_A_FRAME)).ok) return true
    refuse(CODES.refused, 'framesPerSocket')
    // Whoever goes on sending instead of closing is cut off.
    setTimeout(() => socket.terminate(), 1_000).unref()
    return false
  }
  const send = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (socket.readyState !== socket.OPEN) return resolve()
      if (socket.bufferedAmount > limits.unsentBytes) {
        counts.refusal('unsentBytes', 'socket')
        socket.terminate()
        return resolve()
      }
      socket.send(text, (error) => (error && socket.readyState === socket.OPEN ? reject(error) : resolve()))
    })

  // Oversized and broken frames are answered by ws itself with 1009, 1002 or 1007; that is the visitor's affair, not the log's.
  socket.on('error', (error: NodeJS.ErrnoException) => {
    counts.refusal(error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'bodyBytes' : 'frame', 'socket')
  })
  socket.on('ping', (data) => void mayHear(data.length))
  socket.on('pong', (data) => {
    if (mayHear(data.length)) answered = true
  })
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send,
      close: (code, reason) => socket.close(code, reason),
      onMessage: (hear) =>
        socket.on('message', (data: RawData) => {
          const bytes = (data as Buffer).length
          if (!mayHear(bytes)) return
          if (!heardFirst && bytes > MOST_FIRST_BYTES) return refuse(CODES.tooLarge, 'bodyBytes')
          heardFirst = true
          hear(String(data as Buffer)).catch((error: unknown) => {
            // The protocol throws at messages that only a server sends.
            if (/^Unexpected message of type/.test((error as Error).message))
              return socket.close(CODES.unreadable, 'Invalid message received')
            log.error({ err: error }, 'A message on a socket failed by a mistake of the server.')
            socket.close(CODES.broken, 'INTERNAL_SERVER_ERROR')
          })
        }),
    },
    extra,
  )
  const timer = setInterval(() => {
    if (!answered) return socket.terminate()
    const now = performance.now()
    if (extra.scopes.size > 0) busyAt = now
    if (now - busyAt > limits.idleMs) return refuse(CODES.idle, 'idleMs')
    answered = false
    socket.ping()
  }, limits.pingMs)
  socket.once('close', (code, reason) => {
    clearInterval(timer)
    void closed(code, String(reason))
  })
}
