// Asks a server as a program would: GraphQL over fetch, subscriptions over a socket.
import type { NumberedEvent, RunEvent } from '@cellboard/schema/events'
import { createClient, type Client as Socket } from 'graphql-ws'
import WebSocket from 'ws'

export interface GraphQLProblem {
  readonly message: string
  readonly extensions: { readonly code: string; readonly fields?: { path: string; message: string }[] }
}

export interface Answer<T> {
  readonly data: T | null
  readonly errors?: GraphQLProblem[]
}

export interface Client {
  readonly address: string
  readonly token: string
  /** The data. @throws with the first error's sentence */
  ask<T>(query: string, variables?: object): Promise<T>
  /** The whole answer, errors included. */
  request<T>(query: string, variables?: object): Promise<Answer<T>>
  /** A line of its own; close it with `dispose`. */
  openSocket(): Socket
}

export async function send<T>(
  address: string,
  query: string,
  variables: object = {},
  headers: object = {},
): Promise<Answer<T>> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer<T>
}

export async function signIn(address: string, link: string): Promise<Client> {
  const mutation = 'mutation ($link: String!) { signIn(link: $link) { token } }'
  const { data, errors } = await send<{ signIn: { token: string } }>(address, mutation, { link })
  if (!data) throw new Error(errors?.[0]?.message)
  return clientWith(address, data.signIn.token)
}

export function clientWith(address: string, token: string): Client {
  const authorization = `Bearer ${token}`
  const request = <T>(query: string, variables?: object) => send<T>(address, query, variables, { authorization })
  return {
    address,
    token,
    request,
    ask: async <T>(query: string, variables?: object) => {
      const { data, errors } = await request<T>(query, variables)
      if (errors || !data) throw new Error(errors?.[0]?.message ?? 'no data')
      return data
    },
    openSocket: () => openSocket(address, { authorization }),
  }
}

/** A line with these credentials; none for a stranger's. */
export const openSocket = (address: string, connectionParams: Record<string, string> = {}): Socket =>
  createClient({
    url: `${address.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  })

export interface Frame {
  readonly cursors: { run: string; number: number }[]
  readonly events: { number: number; data: RunEvent }[]
  readonly points: { metric: string; steps: string; values: string }[]
  readonly progress: { progress: { done: number; total: number } }[]
}

const FEED = `subscription ($run: ID!, $after: Float!) {
  runFeed(runs: [$run], after: [{ run: $run, number: $after }]) {
    cursors { run number } events { number data } points { metric steps values } progress { progress { done total } }
  }
}`

export const decode = (column: string): number[] => {
  const bytes = Buffer.from(column, 'base64')
  return Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i))
}

/** What a client has of one run: it holds over broken lines and goes on from its cursor. */
export class Follower {
  cursor = 0
  readonly events: Pick<NumberedEvent, 'number' | 'event'>[] = []
  readonly points = new Map<string, { steps: number[]; values: number[] }>()
  frames = 0

  constructor(readonly run: string) {}

  /** Follows over a line of its own until `enough`, then drops the line. */
  async until(client: Client, enough: (self: Follower) => boolean): Promise<void> {
    const socket = client.openSocket()
    const feed = socket.iterate<{ runFeed: Frame }>({ query: FEED, variables: { run: this.run, after: this.cursor } })
    try {
      for await (const { data, errors } of feed) {
        if (!data) throw new Error(errors?.[0]?.message)
        this.#take(data.runFeed)
        if (enough(this)) return
      }
    } finally {
      await socket.dispose()
    }
  }

  /** Until the run has ended. */
  untilEnd = (client: Client): Promise<void> => this.until(client, (self) => self.ended)

  get ended(): boolean {
    const last = this.events.at(-1)?.event
    return last?.type === 'state-changed' && ['FINISHED', 'FAILED', 'CANCELLED'].includes(last.state)
  }

  ofType<T extends RunEvent['type']>(type: T): Extract<RunEvent, { type: T }>[] {
    return this.events.flatMap(({ event }) => (event.type === type ? [event as Extract<RunEvent, { type: T }>] : []))
  }

  #take(frame: Frame): void {
    this.frames++
    for (const { number, data } of frame.events) this.events.push({ number, event: data })
    for (const { metric, steps, values } of frame.points) {
      const columns = this.points.get(metric) ?? { steps: [], values: [] }
      columns.steps.push(...decode(steps))
      columns.values.push(...decode(values))
      this.points.set(metric, columns)
    }
    this.cursor = frame.cursors[0]?.number ?? this.cursor
  }
}
