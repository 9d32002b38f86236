// The sockets of /graphql, with graphql-ws' protocol: who may open one, how many, and what is asked on it within the same limits as over HTTP.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { execute, GraphQLError, subscribe, validate } from 'graphql'
import { handleProtocols, makeServer, type Context as Connection, type ServerOptions } from 'graphql-ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { keysOf } from '../people/asker.js'
import { credentialsOf, isOurName, isSameOrigin } from '../people/identity.js'
import { admit, contextOf, PATH, type Desk, type Dispose } from './ask.js'
import { bindSocket } from './bound-socket.js'
import type { Context, House } from './context.js'
import { askedWrong, boundErrors, formatError } from './format-error.js'
import { FORBIDDEN } from './lines.js'
import { inSpan } from './traces.js'
import { limitExceeded, ruleOf } from './refusal.js'
import { inScope, newScope, type Scope } from './scope.js'

/** What is known of a socket besides the protocol's own. */
export interface Extra {
  readonly socket: WebSocket
  readonly request: IncomingMessage
  readonly address: string
  /** Of the operations under way, by their ids. */
  readonly scopes: Map<string, Scope>
}
export type Line = Connection<Record<string, unknown>, Extra>

/** "Policy violation": a client may try again later. */
const REFUSED = 1008
const MOST_ID_CHARS = 200

export function openSockets(http: Server, desk: Desk): Dispose {
  const { house, visitors, counts } = desk
  const { config } = house
  const { limits } = config
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.bodyBytes,
    maxFragments: 100,
    handleProtocols,
    perMessageDeflate: false,
  })
  const protocol = makeServer<Record<string, unknown>, Extra>(protocolOf(desk))

  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A visitor that goes away while it is refused is nobody's mistake.
    socket.on('error', () => socket.destroy())
    const address = visitors.addressOf(request)
    const refuse = (status: string, rule: string) => {
      counts.refusal(rule, 'socket')
      socket.end(`HTTP/1.1 ${status}\r\nX-Refused-By: ${rule}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    }
    const ours = isOurName(request.headers, config) && isSameOrigin(request.headers, config.publicUrl)
    if (request.url?.split('?')[0] !== PATH || !ours) return refuse('403 Forbidden', 'origin')
    const often = visitors.refuseOften('requestsPerAddress', address)
    if (often)
      return refuse(
        `429 Too Many Requests\r\nRetry-After: ${String(often.extensions.retryAfterSeconds)}`,
        'requestsPerAddress',
      )
    if (!visitors.socketsByAddress.open(address))
      return refuse('429 Too Many Requests\r\nRetry-After: 60', 'socketsPerAddress')
    socket.once('close', () => visitors.socketsByAddress.close(address))
    sockets.handleUpgrade(request, socket, head, (client) => {
      const extra: Extra = { socket: client, request, address, scopes: new Map() }
      bindSocket(client, extra, protocol, { limits, counts, log: desk.log })
    })
  })
  return async () => {
    for (const client of sockets.clients) client.close(1001, 'Going away')
    await new Promise<void>((resolve) => sockets.close(() => resolve()))
    for (const client of sockets.clients) client.terminate()
  }
}

function protocolOf(desk: Desk): ServerOptions<Record<string, unknown>, Extra> {
  const { house, visitors, counts, log, schema } = desk
  const { limits } = house.config

  const refused = (error: GraphQLError): GraphQLError[] => {
    counts.refusal(ruleOf(error), 'socket')
    return [error]
  }
  return {
    connectionInitWaitTimeout: limits.initMs,
    execute: (args) =>
      inScope((args.contextValue as Context).scope, () => inSpan('socket operation', {}, () => execute(args))),
    subscribe: (args) => inSpan('socket subscription', {}, () => subscribe(args)),
    // A socket is held open: strangers do not get one, and nobody more than their share.
    onConnect: async (line: Line) => {
      const { socket } = line.extra
      const { asker, rights } = await contextOfLine(house, newScope(), line)
      if (!asker.user && rights.isEmpty) return close(socket, FORBIDDEN, 'UNAUTHENTICATED')
      if (socket.readyState !== socket.OPEN) return false
      const key = asker.user ? String(asker.user.id) : line.extra.address
      if (!visitors.socketsByUser.open(key)) {
        counts.refusal('socketsPerUser', 'socket')
        return close(socket, REFUSED, `LIMIT_EXCEEDED socketsPerUser ${limits.socketsPerUser}`)
      }
      socket.once('close', () => visitors.socketsByUser.close(key))
      const held = {
        isOpen: () => socket.readyState === socket.OPEN,
        close: (code: number, reason: string) => socket.close(code, reason),
        onceClosed: (listener: () => void) => void socket.once('close', listener),
      }
      house.lines.add(keysOf(asker), held, asker.until)
      return true
    },
    onSubscribe: async (line: Line, id, payload) => {
      counts.request('socket')
      const scope = newScope()
      const { scopes, address, socket } = line.extra
      if (id.length > MOST_ID_CHARS) return void close(socket, 4400, 'Expected an id of at most 200 characters')
      scopes.set(id, scope)
      const open = Object.keys(line.subscriptions).length
      if (open > limits.operationsPerSocket)
        return refused(limitExceeded('operationsPerSocket', limits.operationsPerSocket, open))
      const often = visitors.refuseOften('requestsPerAddress', address)
      if (often) return refused(often)
      // Anew for every operation: a session that has ended since is noticed.
      const context = await contextOfLine(house, scope, line)
      const tooOften = visitors.refuseVisitor(context.asker.user, address)
      if (tooOften) return refused(tooOften)
      try {
        const { document, variables, operationName } = admit(desk, context, payload)
        const broken = validate(schema, document)
        if (broken.length > 0) return broken.flatMap((error) => refused(error))
        return { schema, document, variableValues: variables, operationName, contextValue: context }
      } catch (error) {
        if (error instanceof GraphQLError) return refused(error)
        throw error
      }
    },
    onNext: ({ extra }, id, _payload, _args, result) => {
      if (!result.errors) return
      const errors = askedWrong(result).map((error) => formatError(log, error, extra.scopes.get(id)))
      return boundErrors({ ...result, errors })
    },
    onError: ({ extra }, id, _payload, errors) => {
      const told = boundErrors({ errors: errors.map((error) => formatError(log, error, extra.scopes.get(id))) }).errors
      extra.scopes.delete(id)
      return told
    },
    onComplete: ({ extra }, id) => void extra.scopes.delete(id),
  }
}

function contextOfLine(house: House, scope: Scope, { connectionParams, extra }: Line): Promise<Context> {
  const { headers } = extra.request
  const bearer = connectionParams?.authorization
  const credentials = credentialsOf(headers, house.config, typeof bearer === 'string' ? bearer : undefined)
  const visitor = { address: extra.address, program: headers['user-agent'] ?? '' }
  return contextOf(house, { scope, credentials, visitor })
}

function close(socket: WebSocket, code: number, reason: string): false {
  socket.close(code, reason)
  return false
}
