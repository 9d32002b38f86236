#!/usr/bin/env node
// The front door: `npm start`, `npm test`, `npm run bench` and `npx cellboard` all come in here; no package need be installed yet.
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

const HELP = `Cellboard searches for neural architectures and shows how it finds them.

  npx cellboard start   [--empty] [--port N]   serve the dashboard (the same as npm start)
  npx cellboard search  [settings]             search here, without a server; --help lists every setting
  npx cellboard train   [settings]             train the network of a genotype and hand it out; --help lists every setting
  npx cellboard cluster [settings]             which operators are alike: correlations, dendrogram, clusters; --help likewise
  npx cellboard confusion [settings]           how hard supernets of several depths are to train, beside the final network
  npx cellboard predict --model DIR PICTURES   what a network that train handed out says of pictures
  npx cellboard export  --genotype G --out DIR a cell in every notation, drawn as SVG and PDF
  npx cellboard data check PATH                what a folder of pictures, a .csv, a .npz or a data set holds: classes, counts, sizes, broken files
  npx cellboard count   [network]              parameters and multiply-adds of a network, to the digit
  npx cellboard board   show|submit BOARD      a leaderboard of a server, and entering something into it; --help lists the flags
  npx cellboard doctor  [--json]               what this machine can compute with, and what to do about the rest
  npx cellboard help

For developers: npm test, npm run bench -- NAME
`

const asksForHelp = (args) => args.includes('--help') || args.includes('-h')

/** A verb whose words and flags the engine knows: prepare it, then let it run in this very process. */
const inEngine = (verb, needs) => async (args) => {
  const { prepare } = await import('./prepare.mjs')
  await prepare(asksForHelp(args) ? needs.filter((key) => key !== 'tensorflow') : needs)
  const { main } = await import(join(ROOT, 'engine', 'dist', 'cli.js'))
  return main([verb, ...args])
}

/** Talks to a server that runs somewhere: nothing of the engine is needed. */
const board = async (args) => {
  const { prepare } = await import('./prepare.mjs')
  await prepare(['packages', 'server'])
  const { main } = await import(join(ROOT, 'server', 'dist', 'boards', 'terminal.js'))
  return main(args, {
    env: process.env,
    say: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  })
}

const VERBS = {
  start: async (args) => (await import('./start.mjs')).start(args),
  search: inEngine('search', ['packages', 'tensorflow', 'engine']),
  train: inEngine('train', ['packages', 'tensorflow', 'engine']),
  cluster: inEngine('cluster', ['packages', 'tensorflow', 'engine']),
  confusion: inEngine('confusion', ['packages', 'tensorflow', 'engine']),
  predict: inEngine('predict', ['packages', 'engine']),
  export: inEngine('export', ['packages', 'engine']),
  data: inEngine('data', ['packages', 'engine']),
  count: inEngine('count', ['packages', 'engine']),
  board,
  doctor: async (args) => (await import('./doctor.mjs')).doctor(args),
  test: async (args) => (await import('./check.mjs')).check(args),
  bench: async (args) => (await import('./bench.mjs')).bench(args),
  help: () => {
    process.stdout.write(HELP)
    return 0
  },
}

/** A verb that is not known is answered by the engine's list of nearest names, once the engine is there to answer. */
async function unknown(verb) {
  const known = Object.keys(VERBS)
  let nearest = []
  try {
    nearest = (await import(join(ROOT, 'schema', 'dist', 'nearest.js'))).nearestNames(verb, known)
  } catch {
    // Not built yet: all verbs are named below anyway.
  }
  const meant = nearest.length > 0 ? `Did you mean ${nearest.join(' or ')}? ` : ''
  process.stderr.write(`There is no command ${verb}. ${meant}Known commands: ${known.join(', ')}.\n`)
  return 2
}

async function launch([verb = 'help', ...args]) {
  if (verb === '--help' || verb === '-h' || (verb === 'start' && asksForHelp(args))) return VERBS.help()
  return Object.hasOwn(VERBS, verb) ? VERBS[verb](args) : unknown(verb)
}

try {
  process.exitCode = await launch(process.argv.slice(2))
} catch (error) {
  if (error.name !== 'SetupError') throw error
  process.stderr.write(`${error.message}\n${error.todo}\n`)
  process.exitCode = 1
}
