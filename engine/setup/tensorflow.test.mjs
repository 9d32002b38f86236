// The ways to native TensorFlow: their order, and what each says where it cannot be gone.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SetupError } from './setup-error.mjs'
import { machineWith, tempFolder, writeFiles } from './setup-fixtures.mjs'
import { circumstances, provideTensorFlow, WAYS, whatToInstall } from './tensorflow.mjs'

const [, installed, wheel] = WAYS
const works = (name) => ({ name, examine: async () => `${name} is there`, take: async () => ({ version: '2.21.0' }) })
const fails = (name) => ({
  name,
  async examine() {
    throw new SetupError(`${name} is missing`, `Get ${name}.`)
  },
})

describe('the order', () => {
  test('the first way that works is taken, and those before it say why not', async () => {
    const { version, attempts } = await provideTensorFlow({}, [fails('one'), works('two'), works('three')])
    expect(version).toBe('2.21.0')
    expect(attempts).toEqual([
      { way: 'one', works: false, sentence: 'one is missing', todo: 'Get one.' },
      { way: 'two', works: true, sentence: 'two is there', todo: '' },
    ])
  })

  test('a way that looks good and then fails hands on to the next', async () => {
    const breaks = { ...works('one'), take: fails('one').examine }
    const { version, attempts } = await provideTensorFlow({}, [breaks, works('two')])
    expect(version).toBe('2.21.0')
    expect(attempts.map((attempt) => attempt.works)).toEqual([false, true])
  })

  test('where none works there is no version, and every way has said why', async () => {
    const { version, attempts } = await provideTensorFlow({}, [fails('one'), fails('two')])
    expect(version).toBeNull()
    expect(attempts).toHaveLength(2)
  })

  test('a mistake of ours is not taken for a way that does not work', async () => {
    const broken = { ...works('one'), examine: () => Promise.reject(new TypeError('ours')) }
    await expect(provideTensorFlow({}, [broken])).rejects.toThrow('ours')
  })
})

const refusal = (way, env) =>
  way.examine(env).then(
    () => null,
    (error) => error,
  )

describe('an installed TensorFlow', () => {
  const tensorflow = () =>
    writeFiles(tempFolder(), {
      'include/tensorflow/c/c_api.h': '',
      'libtensorflow_cc.so.2': '',
      'libtensorflow_framework.so.2': '',
    })

  test('nothing points to one', async () => {
    expect((await refusal(installed, machineWith())).message).toBe(
      'TENSORFLOW_DIR is not set and Python finds no tensorflow',
    )
  })

  test('TENSORFLOW_DIR points to a folder without one', async () => {
    const folder = tempFolder()
    const error = await refusal(installed, { ...machineWith(), TENSORFLOW_DIR: folder })
    expect(error.message).toContain(`in ${folder}`)
    expect(error.todo).toContain('TENSORFLOW_DIR')
  })

  test.runIf(process.platform === 'linux')('Python finds one, which is not imported for that', async () => {
    const folder = tensorflow()
    const env = machineWith({ python3: `echo ${folder}`, 'g++': '' })
    expect(await installed.examine(env)).toContain(folder)
  })

  test.runIf(process.platform === 'linux')('one is there, but no compiler', async () => {
    const error = await refusal(installed, { ...machineWith(), TENSORFLOW_DIR: tensorflow() })
    expect(error.todo).toContain('g++')
  })
})

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('a wheel by pip', () => {
  test('no Python', async () => {
    expect((await refusal(wheel, machineWith({ 'g++': '' }))).todo).toContain('python3-pip')
  })

  test('Python without pip', async () => {
    expect((await refusal(wheel, machineWith({ 'g++': '', python3: 'exit 1' }))).todo).toContain('python3-pip')
  })

  test('no compiler', async () => {
    expect((await refusal(wheel, machineWith({ python3: '' }))).todo).toContain('g++')
  })

  test('the plain one without an NVIDIA GPU, the big one with it', async () => {
    const tools = { 'g++': '', python3: '' }
    expect(await wheel.examine(machineWith({ ...tools, 'nvidia-smi': '' }))).toMatch(/^tensorflow 2/)
    if (circumstances(machineWith(tools)).includes('false'))
      expect(await wheel.examine(machineWith(tools))).toMatch(/^tensorflow-cpu 2/)
  })
})

test('where none works one reads what to install', () => {
  expect(whatToInstall(machineWith())).toMatch(/pip.* and g\+\+/)
  expect(whatToInstall(machineWith({ python3: '' }))).not.toContain('pip')
  expect(whatToInstall(machineWith({ python3: '', 'g++': '' }))).toContain('doctor')
})

test('a failure is tried again once a missing program is there, or the next day', () => {
  const env = machineWith({ python3: '' })
  expect(circumstances(env, '2026-01-01')).toBe(circumstances(env, '2026-01-02'))
  const more = { ...env, PATH: `${env.PATH}:${join(machineWith({ 'g++': '' }).HOME, 'bin')}` }
  expect(circumstances(more, '2026-01-01')).not.toBe(circumstances(env, '2026-01-01'))
  expect(circumstances(more, '2026-01-01')).not.toBe(circumstances(more, '2026-01-02'))
})
