// The terminal as a program sees it: what stands on standard output, and the exit code.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { confusionSchema, engineEventSchema, type EngineEvent } from '@cellboard/schema/events'
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

describe('search --seeds', () => {
  test('searches with each seed, and lets random search work as long beside them', async () => {
    expect(await search('--epochs 1', '--seeds 1,2', '--random-baseline', '--baseline-epochs 1', '--json')).toBe(0)
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { seed: number; type: string })
    const last = lines.pop() as unknown as Record<'searches' | 'random', { seed: number; accuracy: number }[]>
    for (const outcomes of [last.searches, last.random]) {
      expect(outcomes.map(({ seed }) => seed)).toEqual([1, 2])
      expect(outcomes.every(({ accuracy }) => accuracy >= 0 && accuracy <= 1)).toBe(true)
    }
    expect(lines.filter(({ type }) => type === 'started').map(({ seed }) => seed)).toEqual([1, 2, 1, 2])
  })

  test('says who found what, and how dear it was', async () => {
    expect(await search('--epochs 1', '--seeds 3')).toBe(0)
    expect(out).toMatch(/^\|.+\|\n {2}found by seed 3\nSearches: 1, \d+ s each\n$/)
  })

  test('takes no checkpoint, and only numbers', async () => {
    expect(await search('--seeds 1,2', '--checkpoint here')).toBe(2)
    expect(errors).toContain('Expected --checkpoint with one search alone')
    expect(await search('--seeds one')).toBe(2)
    expect(errors).toContain('such as 1,2,3')
  })
})

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

describe('confusion', () => {
  const small =
    'confusion --space nas-bench-201 --dataset digits --cells 1,2 --channels 2 --final-channels 2 --final-cells 1 --batches 3 --batch 16'

  test('tells programs every figure of each depth, seed and step', async () => {
    expect(await run(`${small} --seeds 1,2 --steps 0,1 --json`)).toBe(0)
    const { depths, final, steps } = JSON.parse(out) as Record<string, { cells: number; seeds: unknown[][] }[]>
    expect(steps).toEqual([0, 1])
    expect(depths!.map(({ cells }) => cells)).toEqual([1, 2])
    for (const { seeds } of [...depths!, final as unknown as { seeds: unknown[][] }]) {
      expect(seeds.map((measured) => measured.length)).toEqual([2, 2])
      for (const confusion of seeds.flat()) confusionSchema.parse(confusion)
    }
  })

  test('shows people a table, a chart and the depth that matches', async () => {
    expect(await run(`${small} --seeds 3 --stage 2 --genotype |nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|skip_connect~1|avg_pool_3x3~2|`)).toBe(0) // prettier-ignore
    expect(out).toContain('3 batches of 16 images, 3 pairs; seed 3')
    expect(out).toMatch(/Nearest the final network: [12] cells?\n/)
    expect(out.match(/ [o]/g)!.length).toBeGreaterThanOrEqual(1)
  })

  test('refuses a cell of another space, depths that cannot be built and batches that there are no images for', async () => {
    expect(await run(`${small} --genotype DARTS_V2`)).toBe(2)
    expect(errors).toContain('Expected a genotype of space nas-bench-201, but received one of darts.')
    expect(await run('confusion --dataset digits --cells 2')).toBe(1)
    expect(errors).toContain('Expected a whole number of cells, at least 3, but received 2.')
    expect(await run(`${small} --images 40`)).toBe(1)
    expect(errors).toContain('Expected at least 48 images for 3 batches of 16, but there are 40.')
  })
})
