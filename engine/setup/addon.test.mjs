// Finding a TensorFlow in a folder, and proving an addon in a process that may crash.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { locateTensorFlow, proveAddon } from './addon.mjs'
import { tempFolder, writeFiles } from './setup-fixtures.mjs'

const HEADER = { 'include/tensorflow/c/c_api.h': '' }

test.runIf(process.platform === 'linux')('finds it in a Python package and in a libtensorflow archive', () => {
  const python = writeFiles(tempFolder(), {
    ...HEADER,
    'libtensorflow_cc.so.2': '',
    'libtensorflow_framework.so.2': '',
  })
  expect(locateTensorFlow(python).library).toBe(join(python, 'libtensorflow_cc.so.2'))
  const archive = writeFiles(tempFolder(), {
    ...HEADER,
    'lib/libtensorflow.so.2': '',
    'lib/libtensorflow_framework.so.2': '',
  })
  expect(locateTensorFlow(archive).library).toBe(join(archive, 'lib/libtensorflow.so.2'))
})

test('does not take half of one', () => {
  expect(locateTensorFlow(writeFiles(tempFolder(), HEADER))).toBeNull()
  expect(locateTensorFlow(tempFolder())).toBeNull()
})

test('says why an addon does not load', async () => {
  expect(await proveAddon(join(tempFolder(), 'none.node'))).toEqual({
    problem: 'no addon was built or downloaded yet',
  })
  const folder = writeFiles(tempFolder(), {
    'text.node': 'no library',
    'crash.cjs': 'process.kill(process.pid, "SIGSEGV")',
    'good.cjs': 'exports.TF_Version = "2.21.0"',
  })
  expect((await proveAddon(join(folder, 'text.node'))).problem).toContain('text.node')
  expect(await proveAddon(join(folder, 'crash.cjs'))).toEqual({ problem: 'it ends Node with signal 11' })
  expect(await proveAddon(join(folder, 'good.cjs'))).toMatchObject({ version: '2.21.0' })
})
