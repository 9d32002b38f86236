// The two ways to the server: urql for queries and mutations, one web socket for what is followed live.
import { createClient, type Client as SocketClient } from 'graphql-ws'
import { persistedExchange } from '@urql/exchange-persisted'
import { Client, fetchExchange } from 'urql'
import { hashOfOperation } from './operation-hashes.js'

/** No cache between: what a run is changes by the second, and each page asks once and then follows. */
export const client = new Client({
  url: '/graphql',
  exchanges: [
    // The server knows what this page asks by its hash; where it is of another build it is told the text.
    persistedExchange({
      preferGetForPersistedQueries: false,
      enableForMutation: true,
      generateHash: (_text, document) => Promise.resolve(hashOfOperation(document) ?? ''),
    }),
    fetchExchange,
  ],
  fetchOptions: { credentials: 'same-origin' },
  preferGetMethod: false,
  requestPolicy: 'network-only',
})

const PING_EVERY = 10_000
const PONG_WITHIN = 5_000

/**
 * One socket for all subscriptions, opened with the first and closed after the last. It does not retry by itself: a retry must ask
 * from the last number seen, which only the follower knows (follow.ts). A line that is dead without having been closed is noticed by pings.
 */
export function openSocket(): SocketClient {
  let socket: WebSocket | undefined
  let overdue: ReturnType<typeof setTimeout> | undefined
  return createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    retryAttempts: 0,
    keepAlive: PING_EVERY,
    on: {
      connected: (opened) => (socket = opened as WebSocket),
      closed: () => clearTimeout(overdue),
      ping: (received) => {
        if (!received) overdue = setTimeout(() => socket?.close(4408, 'No answer to a ping'), PONG_WITHIN)
      },
      pong: (received) => {
        if (received) clearTimeout(overdue)
      },
    },
  })
}

export const socket = openSocket()
