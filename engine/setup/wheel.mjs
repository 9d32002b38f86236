// A TensorFlow to build against, out of the wheel that pip downloads: checked by hash, kept in the cache, only what is needed.
import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { lastLines, run } from './child.mjs'
import { withLock } from './lock.mjs'
import { findPython, freeBytes, hasNvidiaGpu } from './machine.mjs'
import { cacheFolder } from './paths.mjs'
import { SetupError } from './setup-error.mjs'

/** For Linux on x86-64. No Python package gets installed or run, so one Python version's file serves all. */
export const WHEELS = {
  cpu: {
    name: 'tensorflow-cpu',
    version: '2.21.0',
    megabytes: 274,
    sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
  },
  gpu: {
    name: 'tensorflow',
    version: '2.21.0',
    megabytes: 573,
    sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
  },
}
export const wheelFor = (env) => WHEELS[hasNvidiaGpu(env) ? 'gpu' : 'cpu']

const LIBRARIES = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2']
/** The C interface and what it includes: 14 of the wheel's 14,000 headers are read. */
const HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/ctstring', 'tsl/platform/ctstring', 'xla/tsl/c/'].map(
  (path) => `tensorflow/include/${path}`,
)
/** Python's own reader of archives, which checks each file's sum; `unzip` need not be there. */
const UNPACK = `
import sys, zipfile
wheel, target, wanted = sys.argv[1], sys.argv[2], tuple(sys.argv[3:])
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.startswith(wanted):
            archive.extract(name, target)
`

/** Whether the folder holds all that was unpacked into it: the sizes noted last must be those on the disk. */
function isWhole(folder) {
  try {
    const sizes = JSON.parse(readFileSync(join(folder, 'whole.json'), 'utf8'))
    return Object.entries(sizes).every(([file, size]) => statSync(join(folder, file)).size === size)
  } catch {
    return false
  }
}

/** Where an unpacked wheel lies, and whether it is there already. */
export function unpackedWheel(wheel, env) {
  const folder = join(cacheFolder(env), 'wheels', `${wheel.name}-${wheel.version}`)
  return { folder, tensorflow: join(folder, 'tensorflow'), whole: isWhole(folder) }
}

async function download(wheel, python, folder, env) {
  const { code, output, timedOut } = await run(
    python,
    ['-m', 'pip', 'download', '--no-deps', '--no-cache-dir', '--disable-pip-version-check', '--only-binary=:all:']
      .concat(['--python-version', '3.12', '--implementation', 'cp', '--platform', 'manylinux_2_27_x86_64'])
      .concat(['--dest', folder, `${wheel.name}==${wheel.version}`]),
    { env, limitSeconds: 1200 },
  )
  const file = readdirSync(folder).find((name) => name.endsWith('.whl'))
  if (code !== 0 || file === undefined)
    throw new SetupError(
      `pip could not download ${wheel.name} ${wheel.version}: ${timedOut ? 'it took longer than 20 minutes' : lastLines(output)}`,
      'Let pip reach a package index (pip config set global.index-url ...), or set TENSORFLOW_DIR to an installed TensorFlow.',
    )
  const hash = createHash('sha256')
  await pipeline(createReadStream(join(folder, file)), hash)
  const received = hash.digest('hex')
  if (received !== wheel.sha256)
    throw new SetupError(
      `Expected ${file} with SHA-256 ${wheel.sha256}, but received ${received}, so it was thrown away.`,
      'Ask whoever runs your package index why the file differs from the published one.',
    )
  return join(folder, file)
}

/** Downloads and unpacks, once for all clones: later calls find it. Answers the folder that holds include/ and the libraries. */
export async function fetchWheel(wheel, env = process.env) {
  const place = unpackedWheel(wheel, env)
  if (place.whole) return place.tensorflow
  const wheels = join(cacheFolder(env), 'wheels')
  mkdirSync(wheels, { recursive: true })
  return withLock(join(wheels, 'lock'), async () => {
    if (isWhole(place.folder)) return place.tensorflow
    // Who holds the lock owns the folder: whatever else lies here was left by a process that was killed.
    for (const name of readdirSync(wheels))
      if (name.startsWith('part-')) rmSync(join(wheels, name), { recursive: true })
    const needed = wheel.megabytes * 4.5e6
    if (freeBytes(wheels) < needed)
      throw new SetupError(
        `Expected ${(needed / 1e9).toFixed(1)} GB free for TensorFlow in ${wheels}, but there are ${(freeBytes(wheels) / 1e9).toFixed(1)} GB.`,
        'Make room, or set XDG_CACHE_HOME to a folder on a bigger disk.',
      )
    const part = mkdtempSync(join(wheels, 'part-'))
    try {
      const python = findPython(env)
      const file = await download(wheel, python, part, env)
      const unpacked = join(part, 'unpacked')
      const { code, output } = await run(python, ['-c', UNPACK, file, unpacked, ...LIBRARIES, ...HEADERS], { env })
      if (code !== 0)
        throw new SetupError(`${file} could not be unpacked: ${lastLines(output)}`, 'Make room on the disk.')
      const sizes = Object.fromEntries(LIBRARIES.map((name) => [name, statSync(join(unpacked, name)).size]))
      writeFileSync(join(unpacked, 'whole.json'), JSON.stringify(sizes))
      if (existsSync(place.folder)) rmSync(place.folder, { recursive: true })
      renameSync(unpacked, place.folder)
      return place.tensorflow
    } finally {
      rmSync(part, { recursive: true, force: true })
    }
  })
}
