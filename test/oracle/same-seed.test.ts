// The same seed gives the same numbers in two processes, bit for bit: every loss, every norm, every share, and the genotype.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { DATASETS } from '@cellboard/schema/datasets'
import { engineEventSchema, type EngineEvent } from '@cellboard/schema/events'
import { expect, test } from 'vitest'
import { pickBackend } from '../../engine/backend/pick.js'

const ENGINE = fileURLToPath(new URL('../../engine/dist/cli.js', import.meta.url))
const PROGRAM = `import(${JSON.stringify(ENGINE)}).then(async ({ main }) => (process.exitCode = await main(process.argv.slice(1))))`

/** A whole search in a process of its own, as its events. */
async function searchAlone(line: string): Promise<EngineEvent[]> {
  const args = ['-e', PROGRAM, 'search', ...line.split(' '), '--json']
  const child = spawn(process.execPath, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] })
  let [told, complaints] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (part: string) => (told += part))
  child.stderr.setEncoding('utf8').on('data', (part: string) => (complaints += part))
  const [code] = (await once(child, 'close')) as [number | null]
  expect(code, complaints).toBe(0)
  return told
    .trim()
    .split('\n')
    .map((one) => engineEventSchema.parse(JSON.parse(one)))
}

/** Everything told, without what no two runs share: durations. */
const timeless = (events: readonly EngineEvent[]) =>
  events.map((event) =>
    Object.fromEntries(
      Object.entries(event).flatMap(([key, value]) => {
        if (['seconds', 'etaSeconds', 'at'].includes(key)) return []
        if (key !== 'metrics') return [[key, value]]
        const { 'step-seconds': _, ...metrics } = value as Record<string, number>
        return [[key, metrics]]
      }),
    ),
  )

const native = await pickBackend('tensorflow').then(
  () => null,
  (error: Error) => error.message,
)
const batch = 32
const images = Math.min(192, DATASETS.digits.train)

test.for([
  ['darts', '--stage1-cells 3 --stage2-cells 3 --channels 4'],
  ['nas-bench-201', '--stage1-cells 1 --stage2-cells 1 --channels 8'],
] as const)('on TensorFlow, in %s', async ([space, size], context) => {
  if (native !== null) context.skip(native)
  const line = `--space ${space} --dataset digits --backend tensorflow --images ${images} --batch ${batch} --epochs 2 --seed 3 ${size}`
  const [one, other] = await Promise.all([searchAlone(line), searchAlone(line)])
  const steps = one.filter(({ type }) => type === 'step-finished')
  expect(steps).toHaveLength(2 * 2 * Math.floor(images / batch))
  expect(one[0]).toMatchObject({ type: 'started', backend: { name: 'tensorflow' } })
  expect(one.at(-1)).toMatchObject({ type: 'genotype-derived', final: true })
  // JSON keeps every bit of a number.
  expect(timeless(other)).toEqual(timeless(one))
})
