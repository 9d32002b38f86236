// Native TensorFlow for the engine: four ways, in order, the first that works; each says in a sentence how it went.
import { readFileSync, writeFileSync, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ADDON, locateTensorFlow, proveAddon, provideAddon } from './addon.mjs'
import { lastLines, run } from './child.mjs'
import { findCompiler, findPython, hasNvidiaGpu } from './machine.mjs'
import { ROOT, TFJS_NODE } from './paths.mjs'
import { SetupError } from './setup-error.mjs'
import { fetchWheel, unpackedWheel, wheelFor } from './wheel.mjs'

/** What is lost without it; a step of NAS-Bench-201's supernet on digits took 18 ms natively and 49 ms on wasm, on two cores. */
export const withoutNative = (backend = 'wasm') =>
  `Searches run on ${backend} instead, ${backend === 'wasm' ? 'about 3 times slower on small images' : 'very much slower'}`

/** The folder of the TensorFlow package that Python would import, found without importing it; null where there is none. */
async function pythonTensorFlow(env) {
  const python = findPython(env)
  if (!python) return null
  const script =
    'import importlib.util as u; s = u.find_spec("tensorflow"); print(s.submodule_search_locations[0] if s and s.submodule_search_locations else "")'
  const { code, stdout } = await run(python, ['-c', script], { env, limitSeconds: 30 })
  return code === 0 && stdout !== '' ? stdout : null
}

async function hasPip(env) {
  const python = findPython(env)
  return python !== null && (await run(python, ['-m', 'pip', '--version'], { env, limitSeconds: 30 })).code === 0
}

const compilerMissing = (env) =>
  findCompiler(env) ? null : new SetupError('there is no C++ compiler', 'Install g++ (Debian: apt-get install g++).')

/**
 * `examine` says, without changing anything, what this way would use, or throws why it cannot be gone; `take` goes it
 * and answers
 * TensorFlow's version and where it lies.
 */
export const WAYS = [
  {
    name: 'an addon that already loads',
    async examine() {
      const proof = await proveAddon()
      if ('problem' in proof) throw new SetupError(proof.problem)
      return `TensorFlow ${proof.version} loads`
    },
    async take() {
      const proof = await proveAddon()
      if ('problem' in proof) throw new SetupError(proof.problem)
      return proof
    },
  },
  {
    name: 'building against an installed TensorFlow',
    async examine(env) {
      return `the one in ${(await this.find(env)).folder} can be used`
    },
    async take(env) {
      return provideAddon(await this.find(env), env)
    },
    async find(env) {
      const named = env.TENSORFLOW_DIR
      const folder = named || (await pythonTensorFlow(env))
      if (!folder)
        throw new SetupError(
          'TENSORFLOW_DIR is not set and Python finds no tensorflow',
          'Nothing, unless you want one TensorFlow for both: pip install tensorflow==2.21.0.',
        )
      const found = locateTensorFlow(folder)
      if (!found)
        throw new SetupError(
          `expected include/tensorflow/c/c_api.h and libtensorflow_cc (or lib/libtensorflow) in ${folder}, but they are not there`,
          named
            ? 'Point TENSORFLOW_DIR to such a folder, or unset it.'
            : 'Install a TensorFlow that brings its headers.',
        )
      const missing = compilerMissing(env)
      if (missing) throw missing
      return found
    },
  },
  {
    name: 'building against a wheel that pip downloads',
    async examine(env) {
      if (process.platform !== 'linux' || process.arch !== 'x64')
        throw new SetupError(
          `the wheels checked by hash here are for Linux on x86-64, and this is ${process.platform} on ${process.arch}`,
          'Install TensorFlow 2.21 with pip, or set TENSORFLOW_DIR.',
        )
      const wheel = wheelFor(env)
      const { whole, folder } = unpackedWheel(wheel, env)
      if (!whole && !(await hasPip(env)))
        throw new SetupError(
          'there is no Python with pip',
          'Install Python with pip (Debian: apt-get install python3-pip).',
        )
      const missing = compilerMissing(env)
      if (missing) throw missing
      const cuda = wheel.name === 'tensorflow' ? '; for the GPU install tensorflow[and-cuda] with pip instead' : ''
      return `${wheel.name} ${wheel.version} ${whole ? `is in ${folder}` : `can be downloaded, ${wheel.megabytes} MB`}${cuda}`
    },
    async take(env) {
      await this.examine(env)
      return provideAddon(locateTensorFlow(await fetchWheel(wheelFor(env), env)), env)
    },
  },
  {
    name: "the package's own download (TensorFlow 2.9.1, or 2.7 on ARM)",
    async examine() {
      return 'it can be tried; its servers are outside the package registry, so firewalls often stop it'
    },
    async take(env) {
      const manifest = join(TFJS_NODE, 'package.json')
      const before = readFileSync(manifest)
      const path = [join(ROOT, 'node_modules', '.bin'), env.PATH].join(delimiter)
      const { output, timedOut } = await run(process.execPath, ['scripts/install.js', 'gpu', 'download'], {
        cwd: TFJS_NODE,
        env: { ...env, PATH: path },
        limitSeconds: 180,
      })
      // The script renames the addon in its own manifest while it works.
      writeFileSync(manifest, before)
      const proof = await proveAddon()
      if ('version' in proof) return proof
      const reason = output.split('\n').find((line) => /error/i.test(line)) ?? lastLines(output)
      throw new SetupError(
        timedOut ? 'it did not end within 3 minutes' : `it failed: ${reason.trim()}`,
        'Nothing: the ways above are better.',
      )
    },
  },
]

/**
 * Goes the ways in order until one works.
 * @returns {Promise<{ version: string | null, library: string | null, attempts: { way: string, works: boolean, sentence: string, todo: string }[] }>}
 */
export async function provideTensorFlow(env = process.env, ways = WAYS) {
  const attempts = []
  for (const way of ways) {
    try {
      const found = await way.examine(env)
      const { version, library } = await way.take(env)
      attempts.push({ way: way.name, works: true, sentence: found, todo: '' })
      return { version, library, attempts }
    } catch (error) {
      if (!(error instanceof SetupError)) throw error
      attempts.push({ way: way.name, works: false, sentence: error.message, todo: error.todo })
    }
  }
  return { version: null, library: null, attempts }
}

/** What to install where no way worked, in one sentence. */
export function whatToInstall(env = process.env) {
  const missing = [
    ...(findPython(env) ? [] : ['Python with pip (Debian: apt-get install python3-pip)']),
    ...(findCompiler(env) ? [] : ['g++ (Debian: apt-get install g++)']),
  ]
  return missing.length > 0
    ? `Install ${missing.join(' and ')}, then start again.`
    : 'npx cellboard doctor says what each way needs.'
}

/**
 * What the outcome depends on: while this stays the same, a failure is not tried again at every start. Where the tools are there it
 * was the network, which is tried again the next day.
 */
export const circumstances = (env = process.env, today = new Date().toISOString().slice(0, 10)) =>
  JSON.stringify([
    process.version,
    findPython(env),
    findCompiler(env),
    env.TENSORFLOW_DIR ?? null,
    hasNvidiaGpu(env),
    existsSync(ADDON),
    findPython(env) && findCompiler(env) ? today : null,
  ])
