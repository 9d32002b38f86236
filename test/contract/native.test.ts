// In CI the engine must run on native TensorFlow: a fall back to wasm, which people may live with, fails there.
import { pickBackend } from '@cellboard/engine'
import { expect, test } from 'vitest'

test.skipIf(!process.env.CI)('the engine picks native TensorFlow (asked only where CI is set)', async () => {
  const { name, note } = await pickBackend('auto')
  expect(name, `${note} npx cellboard doctor says more.`).toBe('tensorflow')
})
