// Knocks without a client's manners: bare requests from any address of this machine, and sockets that are held by nobody.
import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import WebSocket from 'ws'
import type { Client, GraphQLProblem } from './client.js'
import type { HostileRequest } from './hostile/request.js'

export interface Told {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

export interface Knock {
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
  /** The address it comes from: all of 127.0.0.0/8 is this machine. */
  readonly from?: string
}

/** A bare request, from any address of this machine. */
export async function knock(
  address: string,
  path: string,
  { method = 'GET', headers = {}, body, from }: Knock = {},
): Promise<Told> {
  const asked = request(`${address.replace('localhost', '127.0.0.1')}${path}`, {
    method,
    headers,
    ...(from && { localAddress: from }),
  })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  for await (const part of response.setEncoding('utf8')) text += part as string
  return { status: response.statusCode, headers: response.headers, text }
}

const JSON_TYPE = { 'content-type': 'application/json' }
export const post = (address: string, body: string | Buffer, more: Knock = {}) =>
  knock(address, '/graphql', { method: 'POST', body, ...more, headers: { ...JSON_TYPE, ...more.headers } })
export const firstError = ({ text }: Told) =>
  (JSON.parse(text) as { errors: (GraphQLProblem & { extensions: Record<string, unknown> })[] }).errors[0]!

/** A socket without a client's manners; `opened` says whether it was let in. */
export function openLine(address: string, { headers = {}, from }: Pick<Knock, 'headers' | 'from'> = {}): WebSocket {
  const line = new WebSocket(
    `${address.replace('http://localhost', 'ws://127.0.0.1')}/graphql`,
    'graphql-transport-ws',
    {
      headers: headers as Record<string, string>,
      ...(from && { localAddress: from }),
    },
  )
  line.on('error', () => {})
  return line
}

export async function openAcknowledged(client: Client): Promise<WebSocket> {
  const line = openLine(client.address)
  await once(line, 'open')
  line.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${client.token}` } }))
  await once(line, 'message')
  return line
}

export async function closeOf(line: WebSocket): Promise<{ code: number; reason: string }> {
  const [code, reason] = (await once(line, 'close')) as [number, Buffer]
  return { code, reason: String(reason) }
}

/** `open`, or why it was not let in. */
export const outcomeOf = (line: WebSocket): Promise<string> =>
  new Promise((resolve) => {
    line.once('open', () => resolve('open'))
    line.once('error', ({ message }) => resolve(message))
  })

export const HONEST = '{ viewer { name } runs(first: 10) { totalCount edges { node { id name state } } } }'

/** The errors of one request on a socket. */
export async function onSocket(socket: ReturnType<Client['openSocket']>, { query, variables }: HostileRequest) {
  try {
    const { value } = (await socket.iterate({ query, ...(variables && { variables }) }).next()) as {
      value: { errors?: GraphQLProblem[] }
    }
    return value.errors ?? []
  } catch (errors) {
    return errors as GraphQLProblem[]
  }
}

/** For a server that prints another address than its own. */
export async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  holder.close()
  await once(holder, 'close')
  return port
}
