// The terminal as a program sees it: what stands on standard output, and the exit code.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineEventSchema, type EngineEvent } from '@cellboard/schema/events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { jsonLine } from './cli-json.js'
import { main } from './cli.js'

let out = ''
let errors = ''
beforeEach(() => {
  out = errors = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((errors += String(text)), true))
})
afterEach(() => vi.restoreAllMocks())

const run = (line: string) => main(line.split(' '))

describe('count', () => {
  test.each([
    ['count --space darts --supernet --channels 16 --cells 8 --json', 1930618],
    ['count --space darts --supernet --stage 1 --cells 14 --json', 1550266],
    ['count --genotype DARTS_V2 --channels 36 --cells 20 --json', 3349342],
  ])('%s', async (line, parameters) => {
    expect(await run(line)).toBe(0)
    const figures = JSON.parse(out) as Record<string, number>
    expect(figures.parameters).toBe(parameters)
    expect(figures.multiplyAdds).toBeGreaterThan(1e6)
  })

  test('asks which network is meant', async () => {
    expect(await run('count --space darts')).toBe(2)
    expect(errors).toContain('either --supernet or --genotype')
  })

  test('answers an unknown genotype with the nearest, for people and for programs', async () => {
    expect(await run('count --genotype DARTS_V3 --json')).toBe(1)
    const last = errors.trim().split('\n').at(-1)!
    expect(JSON.parse(last)).toMatchObject({
      error: { code: 'BAD_SETTINGS', hint: expect.stringContaining('DARTS_V2') as string },
    })
    expect(errors.startsWith('Expected a published genotype')).toBe(true)
    expect(out).toBe('')
  })
})

const SMALL =
  '--space nas-bench-201 --dataset digits --images 64 --batch 32 --channels 2 --stage1-cells 1 --stage2-cells 1'
const search = (...more: string[]) => run(['search', SMALL, '--seed 1 --backend cpu', ...more].join(' '))
const events = () =>
  out
    .trim()
    .split('\n')
    .map((line) => engineEventSchema.parse(JSON.parse(line)))

describe('search', () => {
  test('tells programs every event, from the backend to the derived genotype', async () => {
    expect(await search('--epochs 1', '--json')).toBe(0)
    const told = events()
    expect(told[0]).toMatchObject({ type: 'started', backend: { name: 'cpu' } })
    expect(told.at(-1)).toMatchObject({ type: 'genotype-derived', final: true })
    expect(told.filter((event) => event.type === 'step-finished')).toHaveLength(4)
  })

  test('tells people how far it is, and prints the genotype alone on standard output', async () => {
    expect(await search('--epochs 1')).toBe(0)
    expect(out).toMatch(/^\|\w+~0\|\+\|\w+~0\|\w+~1\|\+\|\w+~0\|\w+~1\|\w+~2\|\n$/)
    expect(errors).toContain('Computing with cpu')
    expect(errors).toMatch(/Stage 2, epoch 1 of 1, step 4 of 4, loss \d/)
  })

  test('goes on from a checkpoint', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cellboard-cli-'))
    try {
      await search('--epochs 1', '--json', `--checkpoint ${folder}`)
      const whole = events()
      out = ''
      await search('--epochs 1', '--json', `--checkpoint ${folder}`)
      const again = events()
      expect(again[0]).toMatchObject({ type: 'started', resumedFrom: expect.anything() as unknown })
      expect(again.at(-1)).toEqual(whole.at(-1))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('Ctrl-C stops it with exit code 130', async () => {
    const ended = search('--epochs 1000', '--json')
    await vi.waitUntil(() => out.includes('step-finished'), { timeout: 30_000 })
    process.emit('SIGINT', 'SIGINT')
    expect(await ended).toBe(130)
    expect(errors).toContain('Stopped.')
  })

  test('says what data it misses, and where', async () => {
    expect(await run('search --dataset cifar10 --data /nowhere --json')).toBe(1)
    expect(errors).toContain('/nowhere')
    expect(errors).toContain('DATA_NOT_FOUND')
  })
})

test('an unknown command is answered with the nearest', async () => {
  expect(await run('serch')).toBe(2)
  expect(errors).toContain('Did you mean search?')
})

test('numbers that JSON lacks are written as words', () => {
  const diverged = { type: 'step-finished', metrics: { loss: NaN, rate: Infinity } } as unknown as EngineEvent
  expect(jsonLine(diverged)).toBe('{"type":"step-finished","metrics":{"loss":"NaN","rate":"Infinity"}}\n')
})
