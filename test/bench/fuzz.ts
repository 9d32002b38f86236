// Asks a real server by chance for as long as it is told to (--minutes 60), as everybody who could ask: whatever comes, it must make
// no mistake, not end, and not grow.
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { buildSchema } from 'graphql'
import { clientWith, signIn } from '../kit/client.js'
import { Documents } from '../kit/fuzz/documents.js'
import { Findings } from '../kit/fuzz/findings.js'
import { newPeople, type Person } from '../kit/fuzz/people.js'
import { follow, post, sendFrames, visit, waysOf, type Target } from '../kit/fuzz/throw.js'
import { machine, type Figure } from './figure.js'
import { memoryOf, startOwnServer, stopOwnServer } from './own-server.js'

const FAKE_ENGINE = fileURLToPath(new URL('../kit/fake-engine.js', import.meta.url))
const BATCH = 200
/** Batches after which everybody is somebody new: what people did may have shut them out. */
const NEW_PEOPLE = 10

/** Would soon leave nothing to ask for. */
const LEFT_OUT = new Set(['deleteRuns', 'moveRuns', 'trashRuns'])

/** A home with runs of each kind that have ended. */
async function seedHome(home: string): Promise<string> {
  const server = await startOwnServer(home, { CELLBOARD_ENGINE: FAKE_ENGINE, CELLBOARD_RUNNERS: '2' })
  const client = await signIn(server.address, server.link)
  await client.ask('mutation { startSearch(input: { dataset: "digits", epochs: 2 }, seeds: [1, 2, 3]) { id } }')
  await client.ask('mutation { startTraining(input: { dataset: "digits", genotype: "DARTS_V2", epochs: 2 }) { id } }')
  const left = '{ runs(filter: { states: [QUEUED, RUNNING] }) { totalCount } }'
  while ((await client.ask<{ runs: { totalCount: number } }>(left)).runs.totalCount > 0)
    await new Promise((resolve) => setTimeout(resolve, 200))
  await stopOwnServer(server)
  return client.token
}

const schemaOf = () =>
  buildSchema(readFileSync(createRequire(import.meta.url).resolve('@cellboard/schema/schema.graphql'), 'utf8'))

export async function fuzz(args: readonly string[], tell: (what: string) => void): Promise<Figure> {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: String(Date.now() % 1e9) } },
  })
  const [minutes, firstSeed] = [Number(values.minutes), Number(values.seed)]
  if (!(minutes > 0)) throw new Error(`Expected --minutes to be more than 0, but received ${values.minutes}.`)
  const home = mkdtempSync(join(tmpdir(), 'cellboard-fuzz-'))
  const findings = new Findings(tell)
  const token = await seedHome(home)
  const server = await startOwnServer(
    home,
    { CELLBOARD_LIMIT_REQUESTS_PER_STRANGER: '10000000', CELLBOARD_LIMIT_SIGN_INS_PER_ADDRESS: '1000000' },
    (line) => findings.hear(line),
  )
  const ended = once(server.process, 'close')
  const target: Target = { address: server.address, findings, known: ['search-1', 'group-1', 'training-4', 'team-1'] }
  const schema = schemaOf()
  const few = waysOf(new Documents(schema, target.known, LEFT_OUT))
  const all = waysOf(new Documents(schema, target.known))
  const keeper = clientWith(server.address, token)
  const counts = { bodies: 0, sockets: 0, streams: 0, paths: 0 }
  const memory: number[] = []
  const until = performance.now() + minutes * 60_000
  let people: Person[] = []
  let isDead = false
  void ended.then(() => (isDead = true))
  try {
    for (let batch = 0; performance.now() < until && !isDead; batch++) {
      const seed = firstSeed + batch
      if (batch % NEW_PEOPLE === 0) people = await newPeople(keeper, 'search-1')
      const ways = batch % NEW_PEOPLE === NEW_PEOPLE - 1 ? all : few
      const draw = <T>(from: fc.Arbitrary<T>, numRuns: number) => fc.sample(from, { seed, numRuns })
      const person = (i: number) => people[(i * 7 + batch) % people.length]!
      await Promise.all([
        inTurn(draw(ways.bodies, BATCH), async (body, i) => (counts.bodies++, post(target, person(i), body))),
        inTurn(draw(ways.bodies, BATCH), async (body, i) => (counts.bodies++, post(target, person(i + 3), body))),
        inTurn(draw(ways.frames, BATCH / 8), (frames, i) => (counts.sockets++, sendFrames(target, person(i), frames))),
        inTurn(
          draw(ways.subscriptions, BATCH / 20),
          (asked, i) => (counts.streams++, follow(target, person(i), asked)),
        ),
        inTurn(draw(ways.paths, BATCH / 10), (path, i) => (counts.paths++, visit(target, person(i), path))),
      ]).catch((error: unknown) => {
        if (!isDead) findings.add(`an answer broke off: ${String((error as Error).cause ?? error)}`, { seed })
      })
      if (isDead) break
      memory.push(memoryOf(server.process))
      if (batch % 20 === 0)
        tell(`${JSON.stringify(counts)}, ${Math.round(memory.at(-1)!)} MB, ${findings.all().length} findings`)
    }
    if (isDead) findings.add('the server ended', { exit: server.process.exitCode, signal: server.process.signalCode })
    else await keeper.ask('{ viewer { name } runs(first: 10) { totalCount } }')
  } finally {
    await stopOwnServer(server)
    rmSync(home, { recursive: true, force: true })
  }
  const found = findings.all()
  const at = (share: number) => Math.round(memory[Math.floor(share * (memory.length - 1))] ?? NaN)
  return {
    name: 'fuzz',
    figure: found.reduce((sum, { count }) => sum + count, 0),
    unit: 'mistakes',
    target: 'none in an hour',
    holds: found.length === 0,
    asked: counts,
    answered: findings.outcomes,
    memoryMB: { quarter: at(0.25), half: at(0.5), threeQuarters: at(0.75), end: at(1) },
    found: found.slice(0, 30),
    conditions: { ...machine(), load: Math.round(100 * loadavg()[0]!) / 100, minutes, seed: firstSeed },
  }
}

async function inTurn<T>(all: readonly T[], act: (one: T, index: number) => Promise<void>): Promise<void> {
  for (const [index, one] of all.entries()) await act(one, index)
}
