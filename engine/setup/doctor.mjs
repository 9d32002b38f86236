// `doctor`: what this machine can compute with, why not with more, and what to do about it; one sentence each.
import { existsSync } from 'node:fs'
import { homedir, totalmem } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { lastLines, run } from './child.mjs'
import { findCompiler, findProgram, findPython, freeBytes, hasNvidiaGpu } from './machine.mjs'
import { cacheFolder, ROOT } from './paths.mjs'
import { prepare, provideAndRemember } from './prepare.mjs'
import { createProgress } from './progress.mjs'
import { SetupError } from './setup-error.mjs'
import { WAYS, whatToInstall, withoutNative } from './tensorflow.mjs'

const ENGINE = pathToFileURL(join(ROOT, 'engine', 'dist', 'index.js')).href
const DATASETS = pathToFileURL(join(ROOT, 'schema', 'dist', 'datasets.js')).href

/** How each way to native TensorFlow went; those after the first that worked are only looked at. */
async function examineWays(env) {
  const { version, attempts } = await provideAndRemember(env)
  const after = WAYS.slice(attempts.length).map(async (way) => {
    try {
      return { way: way.name, state: 'not needed', sentence: await way.examine(env), todo: '' }
    } catch (error) {
      if (!(error instanceof SetupError)) throw error
      return { way: way.name, state: 'not needed', sentence: error.message, todo: '' }
    }
  })
  const tried = attempts.map(({ works, ...attempt }) => ({ ...attempt, state: works ? 'works' : 'does not work' }))
  return { version, ways: [...tried, ...(await Promise.all(after))] }
}

const seen = (name, found, needed) => ({ name, found: found ?? null, needed })

async function examineMachine(env) {
  const version = async (path, ...args) => (path ? lastLines((await run(path, args, { env })).stdout) : null)
  const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`
  return [
    seen('node', process.version, 'by everything'),
    seen('npm', await version(findProgram('npm', env), '--version'), 'to install packages'),
    seen('python', findPython(env), 'with pip, to download TensorFlow'),
    seen('C++ compiler', findCompiler(env), "to build TensorFlow's addon"),
    seen('make', findProgram('make', env), "only by the package's own download"),
    seen('NVIDIA GPU', hasNvidiaGpu(env) ? 'yes' : null, 'by nothing; searches are faster with one'),
    seen('memory', gigabytes(totalmem()), '2 GB for the first search, 4 GB for published ones'),
    seen('free disk', gigabytes(freeBytes(cacheFolder(env))), '2.5 GB while TensorFlow is provided'),
  ]
}

/** Each backend proves in a process of its own that it trains: a backend belongs to its process. */
async function examineBackends(env) {
  const script = `
    const { pickBackend } = await import(${JSON.stringify(ENGINE)})
    try {
      const { version, device } = await pickBackend(process.argv[1])
      console.log(JSON.stringify({ trains: true, sentence: 'version ' + version + ' on ' + device }))
    } catch (error) {
      console.log(JSON.stringify({ trains: false, sentence: error.message }))
    }
    process.exit(0)`
  const found = []
  for (const name of ['tensorflow', 'webgpu', 'wasm', 'cpu']) {
    const { stdout, output, timedOut } = await run(process.execPath, ['--input-type=module', '-e', script, name], {
      env,
      limitSeconds: 120,
    })
    try {
      found.push({ name, ...JSON.parse(lastLines(stdout)) })
    } catch {
      const sentence = timedOut ? 'it did not prove within 2 minutes that it trains' : lastLines(output)
      found.push({ name, trains: false, sentence })
    }
  }
  return found
}

async function examineData(env) {
  const folder = env.CELLBOARD_DATA || join(env.HOME || homedir(), '.cellboard', 'data')
  const { checkData } = await import(ENGINE)
  const { DATASET_NAMES } = await import(DATASETS)
  const sets = await Promise.all(DATASET_NAMES.map(async (name) => ({ name, ...(await checkData(name, folder)) })))
  return { folder, there: existsSync(folder), sets }
}

const row = (mark, name, sentence, todo = '') =>
  `  ${mark} ${name}: ${sentence}${/[.!]$/.test(sentence) ? '' : '.'}${todo ? ` ${todo}` : ''}\n`

function inWords({ ways, machine, backends, data, sentence }) {
  const marks = { works: '+', 'does not work': '-', 'not needed': '.' }
  return [
    'Native TensorFlow, way by way (+ works, - does not, . not needed)\n',
    ...ways.map(({ way, state, sentence: why, todo }, i) => row(marks[state], `${i + 1}. ${way}`, why, todo)),
    '\nThis machine\n',
    ...machine.map(({ name, found, needed }) =>
      row(found ? '+' : '-', name, `${found ?? 'not found'} (needed ${needed})`),
    ),
    '\nBackends, each asked to train a tiny network\n',
    ...backends.map(({ name, trains, sentence: how }) => row(trains ? '+' : '-', name, how)),
    `\nData sets, looked for in ${data.folder} (CELLBOARD_DATA changes it)\n`,
    ...data.sets.map(({ name, available, folder, problem }) =>
      row(available ? '+' : '-', name, available ? `found in ${folder}` : (problem ?? 'not found')),
    ),
    `\n${sentence}\n`,
  ].join('')
}

/** Exit code 0 where the engine can train on something. */
export async function doctor(args, env = process.env) {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } })
  await prepare(['packages', 'engine'])
  const progress = createProgress(['tensorflow', 'backends'])
  const { version, ways } = await progress.step('tensorflow', 'Looking for native TensorFlow', () => examineWays(env))
  const backends = await progress.step('backends', 'Asking each backend to train', () => examineBackends(env))
  const best = backends.find(({ trains }) => trains)?.name ?? null
  const findings = {
    native: best === 'tensorflow',
    backend: best,
    tensorflow: version,
    ways,
    machine: await examineMachine(env),
    backends,
    data: await examineData(env),
    sentence:
      best === 'tensorflow'
        ? `The engine trains natively, on TensorFlow ${version}.`
        : best === null
          ? `The engine cannot train on anything here. ${whatToInstall(env)}`
          : `There is no native TensorFlow. ${withoutNative(best)}. ${whatToInstall(env)}`,
  }
  process.stdout.write(values.json ? `${JSON.stringify(findings)}\n` : inWords(findings))
  return best === null ? 1 : 0
}
