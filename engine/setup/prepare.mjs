// Makes sure of what a command needs: packages, native TensorFlow, the build. Quiet and quick where all is current.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ADDON } from './addon.mjs'
import { run } from './child.mjs'
import { withLock } from './lock.mjs'
import { findProgram } from './machine.mjs'
import { ROOT, STATE } from './paths.mjs'
import { createProgress } from './progress.mjs'
import { SetupError } from './setup-error.mjs'
import { fingerprint, packagesAreCurrent, readStamp, writeStamp } from './sources.mjs'
import { circumstances, provideTensorFlow, whatToInstall, withoutNative } from './tensorflow.mjs'

const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json']

async function must(command, args, cwd, what, todo) {
  const { code, output } = await run(command, args, { cwd })
  if (code !== 0) throw new SetupError(`${what} failed:\n${output.split('\n').slice(0, 60).join('\n')}`, todo)
}

const node = (script, args, cwd, what) =>
  must(process.execPath, [join(ROOT, 'node_modules', script), ...args], cwd, what, 'Mend what is named above.')

/** A build that is done again when its sources or settings differ from those it was made of, or its result is gone. */
const build = (key, title, sources, result, make) => ({
  key,
  title,
  isCurrent: () => existsSync(join(ROOT, result)) && readStamp(key)?.sources === fingerprint([...SETTINGS, ...sources]),
  async make() {
    const before = fingerprint([...SETTINGS, ...sources])
    await make()
    writeStamp(key, { sources: before })
  },
})

// Types are checked by `npm test`; to start, their removal is enough and takes half the time.
const compile = (...projects) => node('typescript/bin/tsc', ['-b', '--noCheck', ...projects], ROOT, 'Compiling')

const addonMark = () => {
  const facts = statSync(ADDON, { throwIfNoEntry: false })
  return facts ? `${facts.size} ${facts.mtimeMs} ${process.version}` : null
}

/** Every step a command may need, in the order they are done. */
const STEPS = [
  {
    key: 'packages',
    title: 'Installing packages',
    isCurrent: packagesAreCurrent,
    make() {
      // A first installation is exact; a later one changes only what differs and leaves a built addon alone.
      const verb = existsSync(join(ROOT, 'node_modules', '.package-lock.json')) ? 'install' : 'ci'
      const npm = process.env.npm_execpath?.endsWith('npm-cli.js')
        ? [process.execPath, process.env.npm_execpath]
        : [findProgram('npm') ?? 'npm']
      return must(
        npm[0],
        [...npm.slice(1), verb, '--no-progress'],
        ROOT,
        `npm ${verb}`,
        'Mend what npm names first above; a registry that cannot be reached is the usual reason.',
      )
    },
  },
  {
    key: 'tensorflow',
    title: 'Providing native TensorFlow',
    isCurrent() {
      const stamp = readStamp('tensorflow')
      if (!stamp) return false
      if (stamp.version === null) return stamp.circumstances === circumstances()
      return stamp.addon === addonMark() && (!stamp.library || existsSync(stamp.library))
    },
    make: () => provideAndRemember(),
  },
  build('engine', 'Compiling the engine', ['schema', 'engine'], 'engine/dist/cli.js', () =>
    compile('schema', 'engine'),
  ),
  build('server', 'Compiling the server', ['schema', 'engine', 'server'], 'server/dist/main.js', () =>
    compile('schema', 'engine', 'server'),
  ),
  build('tests', 'Compiling the tests', ['schema', 'engine', 'server', 'test'], 'test/dist/bench/main.js', () =>
    compile('schema', 'engine', 'server', 'test'),
  ),
  build('web', 'Building the dashboard', ['schema', 'web'], 'web/dist/site/index.html', () =>
    node('vite/bin/vite.js', ['build', '--logLevel', 'warn'], join(ROOT, 'web'), 'Building the dashboard'),
  ),
]

/** What is done one after the other, and within a group at the same time: compiling uses one core. */
const GROUPS = [['packages'], ['tensorflow'], ['engine', 'server', 'tests', 'web']]
const isFilled = (group) => group.length > 0
const keyOf = (group) => group.map(({ key }) => key).join('+')
const titleOf = (group) =>
  group.map(({ title }, i) => (i === 0 ? title : title[0].toLowerCase() + title.slice(1))).join(', ')

/** Goes the ways to native TensorFlow and notes how it ended, so that the next start need not. */
export async function provideAndRemember(env = process.env) {
  const outcome = await provideTensorFlow(env)
  writeStamp('tensorflow', {
    version: outcome.version,
    addon: addonMark(),
    library: outcome.library,
    circumstances: circumstances(env),
  })
  return outcome
}

/**
 * Does those of the named steps that are not current.
 * @param {string[]} keys of STEPS
 * @returns {Promise<{ native: boolean | null }>} whether TensorFlow is there; null where it was not asked for
 */
export async function prepare(keys, stream = process.stderr) {
  const steps = STEPS.filter((step) => keys.includes(step.key))
  const open = () => steps.filter((step) => !step.isCurrent())
  if (open().length > 0)
    await withLock(
      join(STATE, 'prepare.lock'),
      async () => {
        const left = () => GROUPS.map((keys) => open().filter((step) => keys.includes(step.key)))
        const progress = createProgress(left().filter(isFilled).map(keyOf), stream)
        for (let i = 0; i < GROUPS.length; i++) {
          // Asked anew for each group: what was current before packages were installed may no longer be.
          const group = left()[i]
          if (isFilled(group))
            await progress.step(keyOf(group), titleOf(group), () => Promise.all(group.map((step) => step.make())))
        }
      },
      () => stream.write('Waiting for another command that is preparing this clone.\n'),
    )
  if (!keys.includes('tensorflow')) return { native: null }
  const native = readStamp('tensorflow').version !== null
  if (!native) stream.write(`There is no native TensorFlow. ${withoutNative()}. ${whatToInstall()}\n`)
  return { native }
}
