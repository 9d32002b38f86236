// `train` as it is seen at a terminal: events for programs, a readable end for people, seeds, cost, stopping, and what is refused.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineEventSchema } from '@cellboard/schema/events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { main } from './cli.js'
import { QUICK_CELL } from './training/training-fixture.js'

let out = ''
let errors = ''
let folder: string
beforeEach(() => {
  out = errors = ''
  folder = mkdtempSync(join(tmpdir(), 'cellboard-train-'))
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((errors += String(text)), true))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const SMALL =
  '--dataset digits --cells 1 --channels 2 --images 96 --test-images 50 --batch 32 --workers 0 --formats tensorflowjs'
const run = (more: string) => main(['train', '--genotype', QUICK_CELL, ...`${SMALL} ${more}`.split(' ')])
const lines = () =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('train', () => {
  test('tells programs every event, and leaves the network', async () => {
    expect(await run(`--epochs 1 --json --out ${join(folder, 'out')}`)).toBe(0)
    const events = lines().map((line) => engineEventSchema.parse(line))
    expect(events[0]).toMatchObject({ type: 'started', steps: 3 })
    expect(events.at(-2)).toMatchObject({ type: 'test-measured', images: 50 })
    const last = events.at(-1)!
    if (last.type !== 'files-written') throw new Error(`Expected files-written last, but received ${last.type}.`)
    for (const { name, bytes } of last.files) expect(readFileSync(join(folder, 'out', name))).toHaveLength(bytes)
    expect(existsSync(join(folder, 'out', 'model.json'))).toBe(true)
  })

  test('tells people how far it is, how well it does, and where the files are', async () => {
    expect(await run(`--epochs 2 --out ${join(folder, 'out')}`)).toBe(0)
    expect(errors).toMatch(/Network: 1 cell, 2 channels, [\d,]+ parameters, [\d,]+ multiply-adds an image\./)
    expect(errors).toMatch(/Epoch 2 of 2, step 3 of 6, loss \d.*, test accuracy .* %, about \d+ s left/)
    expect(out).toMatch(
      /^Test accuracy \d+\.\d\d % of 50 images after epoch 2 \(best: .* no estimate\)\nFiles: .*out\n$/,
    )
  })

  test('trains with several seeds, and says how far they agree', async () => {
    expect(await run(`--epochs 1 --seeds 1,2 --json --out ${join(folder, 'group')}`)).toBe(0)
    const last = lines().at(-1) as { seeds: { seed: number; accuracy: number }[]; accuracy: { mean: number } }
    expect(last.seeds.map(({ seed }) => seed)).toEqual([1, 2])
    expect(last.accuracy.mean).toBeCloseTo((last.seeds[0]!.accuracy + last.seeds[1]!.accuracy) / 2, 12)
    expect(
      lines()
        .slice(0, -1)
        .every(({ seed }) => seed === 1 || seed === 2),
    ).toBe(true)
    const card = (name: string) => JSON.parse(readFileSync(join(folder, 'group', name, 'card.json'), 'utf8')) as object
    expect(card('seed-2')).toMatchObject({
      settings: { seed: 2 },
      accuracy: { last: last.seeds[1]!.accuracy, seeds: null },
    })
    expect(card('.')).toMatchObject({ settings: { seed: '1, 2' }, accuracy: { seeds: { ...last.accuracy, runs: 2 } } })
  })

  test('says what it would cost, and trains nothing', async () => {
    expect(await run('--epochs 7 --cost --json')).toBe(0)
    const cost = lines()[0]!
    expect(cost).toMatchObject({ steps: 21, stepsPerEpoch: 3 })
    for (const name of ['parameters', 'multiplyAdds', 'memoryBytes', 'stepSeconds', 'hours'])
      expect(cost[name]).toBeGreaterThan(0)
    out = ''
    expect(await run('--epochs 7 --cost')).toBe(0)
    expect(out).toMatch(
      /^Parameters .*\nMultiply-adds .*counts once\)\nMemory .* GB\nSteps .*\nStep .* s on .*\nWhole training +about/,
    )
  })

  test('Ctrl-C stops it with exit code 130, and the same command goes on from that step', async () => {
    const line = `--epochs 400 --evaluate-every 400 --json --checkpoint ${join(folder, 'checkpoint')}`
    const ended = run(line)
    await vi.waitUntil(() => out.includes('"step":4,'), { timeout: 30_000 })
    process.emit('SIGINT', 'SIGINT')
    expect(await ended).toBe(130)
    expect(errors).toContain('Stopped. The same command goes on from the checkpoint.')
    const step = lines().findLast(({ type }) => type === 'step-finished')!.step as number
    out = ''
    const again = run(line)
    await vi.waitUntil(() => out.includes('step-finished'), { timeout: 30_000 })
    process.emit('SIGINT', 'SIGINT')
    expect(await again).toBe(130)
    expect(lines()[0]).toMatchObject({ resumedFrom: { step } })
    expect(lines().find(({ type }) => type === 'step-finished')).toMatchObject({ step: step + 1 })
  })

  test('lists every setting', async () => {
    expect(await main(['train', '--help'])).toBe(0)
    for (const flag of [
      '--genotype',
      '--auto-augment none|cifar10|imagenet',
      '--formats tensorflowjs,saved-model,onnx|none',
      '--warmup-epochs',
      '--out',
    ])
      expect(out).toContain(flag)
  })
})

describe('refused is', () => {
  test.each([
    ['an unknown format', '--formats onyx', 2, 'There is no format onyx. Did you mean onnx?'],
    ['patience with nothing that validates', '--patience 3', 2, 'Expected validation images to stop by'],
    ['a batch larger than the images', '--batch 97', 1, 'Expected at least 97 training images'],
    ['data that is not there', '--dataset own --data-path /nowhere', 1, '/nowhere'],
  ])('%s', async (_, more, code, sentence) => {
    const plain = SMALL.split(' ').filter((_, i, all) => !more.includes(all[i - (i % 2)]!))
    expect(await main(['train', '--genotype', QUICK_CELL, ...plain, ...more.split(' ')])).toBe(code)
    expect(errors).toContain(sentence)
    expect(out).toBe('')
  })

  test('an operator that there is not, with the nearest', async () => {
    expect(await main(['train', '--genotype', QUICK_CELL.replace('nor_conv_1x1', 'nor_conv_1x2')])).toBe(1)
    expect(errors).toContain('nor_conv_1x2')
    expect(errors).toContain('nor_conv_1x1')
  })
})
