// Builds tfjs' addon against a TensorFlow, keeps it for the next clone, puts it in its place and proves that it loads.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lastLines, run } from './child.mjs'
import { findCompiler } from './machine.mjs'
import { cacheFolder, ROOT, TFJS_NODE } from './paths.mjs'
import { SetupError } from './setup-error.mjs'

/** The Node-API version that the package declares (binary.napi_versions); stable over all versions of Node. */
const NAPI = 8
const SUFFIX = process.platform === 'darwin' ? '2.dylib' : 'so.2'

/** Where the package looks for its addon. */
export const ADDON = join(TFJS_NODE, 'lib', `napi-v${NAPI}`, 'tfjs_binding.node')

/** The headers and libraries below a folder, laid out as in a Python package or as in a libtensorflow archive; null where they are not there. */
export function locateTensorFlow(folder) {
  const include = join(folder, 'include')
  if (!existsSync(join(include, 'tensorflow', 'c', 'c_api.h'))) return null
  for (const place of [folder, join(folder, 'lib')])
    for (const name of ['libtensorflow_cc', 'libtensorflow']) {
      const library = join(place, `${name}.${SUFFIX}`)
      const framework = join(place, `libtensorflow_framework.${SUFFIX}`)
      if (existsSync(library) && existsSync(framework))
        return { folder: realpathSync(place), include, library, framework }
    }
  return null
}

/** One name for an addon that fits: package, Node-API, machine, and exactly this TensorFlow at exactly this place. */
function addonKey({ library }) {
  const { version } = JSON.parse(readFileSync(join(TFJS_NODE, 'package.json'), 'utf8'))
  const { size, mtimeMs } = statSync(library)
  const tensorflow = createHash('sha256')
    .update(`${realpathSync(library)} ${size} ${mtimeMs}`)
    .digest('hex')
    .slice(0, 16)
  return `tfjs-${version}-napi${NAPI}-${process.platform}-${process.arch}-${tensorflow}`
}

const PROOF = `
const { TF_Version: version } = require(process.argv[1])
process.report.excludeNetwork = true
const library = process.report.getReport().sharedObjects.find((path) => /libtensorflow(_cc)?[.]/.test(path))
console.log(JSON.stringify({ version, library }))
`

/**
 * Loads the addon in a process of its own, because one that does not fit may crash.
 * @returns {Promise<{ version: string, library: string } | { problem: string }>} TensorFlow's version and where it lies, or why it
 *   does not load
 */
export async function proveAddon(addon = ADDON) {
  if (!existsSync(addon)) return { problem: 'no addon was built or downloaded yet' }
  const { code, stdout, output } = await run(process.execPath, ['-e', PROOF, addon], { limitSeconds: 120 })
  if (code === 0) return JSON.parse(lastLines(stdout))
  const reason = output.split('\n').find((line) => /Error:|error:/.test(line)) ?? lastLines(output)
  return { problem: code > 128 ? `it ends Node with signal ${code - 128}` : reason.trim() || `Node ended with ${code}` }
}

/**
 * One call of the compiler. The libraries' folder is written into the addon, so nothing needs LD_LIBRARY_PATH, and TensorFlow
 * finds what lies beside it (CUDA's libraries in a Python installation). Node's own headers need not be on the machine.
 */
async function compile({ include, folder, library, framework }, target, env) {
  const { code, output } = await run(
    findCompiler(env),
    ['-std=c++17', '-O2', '-fPIC', '-shared', `-DNAPI_VERSION=${NAPI}`]
      .concat(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [])
      .concat(['-I', join(ROOT, 'node_modules', 'node-api-headers', 'include'), '-I', include, '-I', TFJS_NODE])
      .concat(['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(TFJS_NODE, 'binding', file)))
      .concat([library, framework, `-Wl,-rpath,${folder}`, '-o', target]),
    { env, limitSeconds: 600 },
  )
  if (code !== 0)
    throw new SetupError(
      `The addon does not build against ${folder}: ${output.split('\n').find((line) => /error/i.test(line)) ?? lastLines(output)}`,
      'Use TensorFlow 2.21, or unset TENSORFLOW_DIR so that the right one is downloaded.',
    )
}

/** Copies beside the target first and renames then, so that nobody ever loads half a file. */
function putInPlace(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  const part = `${to}.${process.pid}`
  copyFileSync(from, part)
  renameSync(part, to)
}

/** Builds the addon or takes the one another clone built; answers as `proveAddon` does. */
export async function provideAddon(tensorflow, env = process.env) {
  const kept = join(cacheFolder(env), 'addons', addonKey(tensorflow), 'tfjs_binding.node')
  if (existsSync(kept)) {
    putInPlace(kept, ADDON)
    const proof = await proveAddon()
    if ('version' in proof) return proof
  }
  if (!findCompiler(env))
    throw new SetupError(
      'Building the addon needs a C++ compiler, and there is none.',
      'Install g++ (Debian: apt-get install g++).',
    )
  mkdirSync(dirname(kept), { recursive: true })
  const built = `${kept}.${process.pid}`
  try {
    await compile(tensorflow, built, env)
    renameSync(built, kept)
  } finally {
    rmSync(built, { force: true })
  }
  putInPlace(kept, ADDON)
  const proof = await proveAddon()
  if ('version' in proof) return proof
  throw new SetupError(
    `The addon built against ${tensorflow.folder} does not load: ${proof.problem}.`,
    'Use TensorFlow 2.21.',
  )
}
