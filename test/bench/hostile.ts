// Throws the hostile set at a server, over HTTP and on a socket, then floods of sockets, frames, bombs and slow readers, while honest
// people ask: how fast each is refused, what becomes of the server's memory, and what honest people notice.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import WebSocket from 'ws'
import { signIn, type Client } from '../kit/client.js'
import { HOSTILE_SET } from '../kit/hostile-set.js'
import { machine, type Figure } from './figure.js'
import { quantile } from './spread.js'
import { memoryOf, startOwnServer } from './own-server.js'

/** Milliseconds to refuse, share of memory, and times an honest answer may take longer. */
const TARGET = { ms: 10, memory: 1.1, honest: 2 }
const ROUNDS = 10
const SOCKETS = 10_000
const HONEST = '{ viewer { name } runs(first: 10) { totalCount edges { node { id name state } } } }'
const LONG = '{ __schema { types { name description fields { name description } } } }'

/** The least of each request over the rounds, at p95: what is left where other programs keep the machine busy. */
const quiet = (times: readonly number[]): number =>
  quantile(
    HOSTILE_SET.map((_, index) => Math.min(...times.filter((_, at) => at % HOSTILE_SET.length === index))),
    0.95,
  )
const rounded = (value: number) => Math.round(100 * value) / 100

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Asks honestly, a pause between, until it is told to stop. */
async function askHonestly(client: Client, until: Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  let over = false
  void until.finally(() => (over = true))
  while (!over) {
    times.push(await timed(() => client.ask(HONEST)))
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return times
}

/** The whole set, one after the other. @throws where one is answered. */
async function throwSet(client: Client, rounds: number): Promise<{ overHttp: number[]; onSocket: number[] }> {
  const [overHttp, onSocket]: [number[], number[]] = [[], []]
  const socket = client.openSocket()
  // Something stays open on it: the client closes a socket on which nothing is asked, and each request would pay for a new one.
  const held = socket.iterate({ query: 'subscription { runChanged { id } }' }).next()
  held.catch(() => {})
  for (let round = 0; round < rounds; round++)
    for (const { name, query, variables } of HOSTILE_SET) {
      const request = { query, ...(variables && { variables }) }
      overHttp.push(
        await timed(async () => {
          if (!(await client.request(query, variables)).errors) throw new Error(`Expected "${name}" to be refused.`)
        }),
      )
      onSocket.push(
        await timed(() =>
          socket
            .iterate(request)
            .next()
            .catch(() => null),
        ),
      )
    }
  await socket.dispose()
  return { overHttp, onSocket }
}

const openLine = (address: string, from: string) => {
  const line = new WebSocket(
    `${address.replace('http://localhost', 'ws://127.0.0.1')}/graphql`,
    'graphql-transport-ws',
    { localAddress: from },
  )
  line.on('error', () => {})
  return line
}

/** So many sockets from one address, a hundred at a time; how many were let in. */
async function floodSockets(address: string, count: number): Promise<number> {
  const open: WebSocket[] = []
  let [begun, letIn] = [0, 0]
  const oneByOne = async () => {
    while (begun++ < count) {
      const line = openLine(address, '127.0.0.2')
      await new Promise<void>((resolve) => {
        line.once('open', () => (letIn++, open.push(line), resolve()))
        line.once('error', () => resolve())
      })
    }
  }
  await Promise.all(Array.from({ length: 100 }, oneByOne))
  for (const line of open) line.terminate()
  return letIn
}

/** Frames that are too large, bodies that unpack to far more, and readers that never read. */
async function floodBytes({ address, token }: Client): Promise<void> {
  const greeting = JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })
  const acknowledged = async () => {
    const line = openLine(address, '127.0.0.3')
    await once(line, 'open')
    line.send(greeting)
    await once(line, 'message')
    return line
  }
  for (let i = 0; i < 50; i++) {
    const line = await acknowledged()
    const closed = once(line, 'close')
    line.send('a'.repeat(3_000_000))
    await closed
  }
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const body = gzipSync(Buffer.alloc(50_000_000, ' '))
  for (let i = 0; i < 20; i++)
    await fetch(`${address}/graphql`, { method: 'POST', headers, body }).then((answer) => answer.text())
  const slow = await Promise.all(Array.from({ length: 20 }, acknowledged))
  for (const line of slow) {
    line.pause()
    for (let id = 0; id < 200; id++)
      line.send(JSON.stringify({ type: 'subscribe', id: String(id), payload: { query: LONG } }))
  }
  await new Promise((resolve) => setTimeout(resolve, 5_000))
  for (const line of slow) line.terminate()
}

export async function hostile(_args: readonly string[], tell: (what: string) => void): Promise<Figure> {
  const home = mkdtempSync(join(tmpdir(), 'cellboard-hostile-'))
  const { process: server, address, link } = await startOwnServer(home)
  const client = await signIn(address, link)
  const closed = once(server, 'close')
  try {
    tell('Warming up: a little of everything, and honest people')
    await throwSet(client, 2)
    await floodSockets(client.address, SOCKETS / 10)
    await floodBytes(client)
    const calm = await askHonestly(client, new Promise((resolve) => setTimeout(resolve, 8_000)))
    const began = memoryOf(server)
    tell(
      `${rounded(began)} MB, honest p95 ${rounded(quantile(calm, 0.95))} ms; ${ROUNDS} rounds of ${HOSTILE_SET.length} requests`,
    )
    const thrown = throwSet(client, ROUNDS)
    const underSet = await askHonestly(client, thrown)
    const { overHttp, onSocket } = await thrown
    tell(`Refused at p95 in ${rounded(quantile(overHttp, 0.95))} ms over HTTP; now ${SOCKETS} sockets`)
    const flood = floodSockets(client.address, SOCKETS)
    const underSockets = await askHonestly(client, flood)
    const letIn = await flood
    tell(`${letIn} sockets were let in; now frames, bombs and slow readers`)
    const bytes = floodBytes(client)
    const underBytes = await askHonestly(client, bytes)
    await bytes
    await askHonestly(client, new Promise((resolve) => setTimeout(resolve, 10_000)))
    const ended = memoryOf(server)
    const figure = rounded(quantile([...overHttp, ...onSocket], 0.95))
    const honestP95 = quantile([...underSet, ...underSockets, ...underBytes], 0.95)
    const [memoryRatio, honestRatio] = [rounded(ended / began), rounded(honestP95 / quantile(calm, 0.95))]
    return {
      name: 'hostile',
      figure,
      unit: 'ms',
      target: `p95 <= ${TARGET.ms} ms to refuse, memory <= ${TARGET.memory} times, honest p95 <= ${TARGET.honest} times`,
      holds: figure <= TARGET.ms && memoryRatio <= TARGET.memory && honestRatio <= TARGET.honest,
      http: {
        p50: rounded(quantile(overHttp, 0.5)),
        p95: rounded(quantile(overHttp, 0.95)),
        p99: rounded(quantile(overHttp, 0.99)),
      },
      socket: {
        p50: rounded(quantile(onSocket, 0.5)),
        p95: rounded(quantile(onSocket, 0.95)),
        p99: rounded(quantile(onSocket, 0.99)),
      },
      leastOfRounds: { http: rounded(quiet(overHttp)), socket: rounded(quiet(onSocket)) },
      memoryMB: { began: rounded(began), ended: rounded(ended), ratio: memoryRatio },
      honestMs: {
        calm: rounded(quantile(calm, 0.95)),
        set: rounded(quantile(underSet, 0.95)),
        sockets: rounded(quantile(underSockets, 0.95)),
        bytes: rounded(quantile(underBytes, 0.95)),
        ratio: honestRatio,
      },
      socketsLetIn: letIn,
      conditions: {
        ...machine(),
        load: rounded(loadavg()[0]!),
        requests: HOSTILE_SET.length,
        rounds: ROUNDS,
        sockets: SOCKETS,
      },
    }
  } finally {
    server.kill('SIGTERM')
    await closed
    rmSync(home, { recursive: true, force: true })
  }
}
