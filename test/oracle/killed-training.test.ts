// A training killed with SIGKILL, at its first step, in mid-epoch and at an epoch's end, goes on to what it would have told and left unkilled.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { engineEventSchema, type EngineEvent } from '@cellboard/schema/events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { timeless } from '../../engine/training/training-fixture.js'

const ENGINE = fileURLToPath(new URL('../../engine/dist/cli.js', import.meta.url))
const PROGRAM = `import(${JSON.stringify(ENGINE)}).then(async ({ main }) => (process.exitCode = await main(process.argv.slice(1))))`
const SETTINGS =
  'train --genotype DARTS_V2 --dataset digits --channels 4 --cells 3 --images 192 --test-images 50 --batch 32 --epochs 3 --ema 0.9 --formats tensorflowjs --json'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-training-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** What it told until it ended or was killed: as soon as `when` has happened, while it goes on. */
async function trained(name: string, when?: (event: EngineEvent) => boolean): Promise<EngineEvent[]> {
  const folders = ['--checkpoint', join(folder, `${name}-checkpoint`), '--out', join(folder, name)]
  const args = ['-e', PROGRAM, ...SETTINGS.split(' '), ...folders]
  const child = spawn(process.execPath, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] })
  const events: EngineEvent[] = []
  let [rest, complaints] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (part: string) => (complaints += part))
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    const lines = (rest + part).split('\n')
    rest = lines.pop()!
    events.push(...lines.map((line) => engineEventSchema.parse(JSON.parse(line))))
    if (when && events.some(when)) child.kill('SIGKILL')
  })
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (when) expect(signal, complaints).toBe('SIGKILL')
  else expect(code, complaints).toBe(0)
  return events
}

/** The events under their names, the last told of each; a line that was cut by the kill is told again. */
const byName = (events: readonly EngineEvent[]) =>
  new Map(
    timeless(events.filter(({ type }) => !['started', 'preparing', 'files-written'].includes(type))).map((event) => {
      const { type, step } = event as { type: string; step?: number }
      return [`${type} ${step ?? ''}`, event]
    }),
  )

test('killed at several moments, one after the other', async () => {
  const whole = await trained('whole')
  const moments: ((event: EngineEvent) => boolean)[] = [
    (event) => event.type === 'step-finished' && event.step === 1,
    (event) => event.type === 'step-finished' && event.step === 9,
    (event) => event.type === 'epoch-finished' && event.epoch === 2,
  ]
  const heard: EngineEvent[] = []
  for (const moment of moments) heard.push(...(await trained('killed', moment)))
  heard.push(...(await trained('killed')))
  expect(Object.fromEntries(byName(heard))).toEqual(Object.fromEntries(byName(whole)))
  for (const name of ['weights.bin', 'model.json', 'genotype.json'])
    expect(readFileSync(join(folder, 'killed', name))).toEqual(readFileSync(join(folder, 'whole', name)))
})
