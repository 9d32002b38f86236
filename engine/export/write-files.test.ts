// A run's folder: every file that was promised, a card that says how it came to be, and a model that predict can read.
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { genotypeText } from '@cellboard/schema/genotype-text'
import sharp from 'sharp'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { cpu } from '../backend/cpu.js'
import { pickBackend } from '../backend/pick.js'
import { main } from '../cli.js'
import { parseGenotype } from '../space/parse-genotype.js'
import { loadModel } from './load-model.js'
import { engineLogits, pixelFixture, trainedFixture } from './trained-fixture.js'
import { writeFiles, writeGenotypeFiles, type ModelCard } from './write-files.js'

const trained = trainedFixture(parseGenotype('DARTS_V2'))
const card: ModelCard = {
  genotype: genotypeText(trained.plan.genotype),
  settings: { dataset: 'digits', crop: 'padded', formats: ['onnx'] },
  data: { title: 'Fixture', source: 'made up, CC0 | public', trainImages: 1234, testImages: 56 },
  seconds: 3725,
  backend: 'cpu 4.22.0',
  device: 'a processor',
  engine: '0.1.0',
  created: '2026-01-02T03:04:05.678Z',
  parameters: 12345,
  multiplyAdds: 67890,
  accuracy: { last: 0.9, best: { epoch: 3, accuracy: 0.91 }, seeds: { mean: 0.89, deviation: 0.01, runs: 3 } },
}

let folder: string
beforeAll(async () => {
  await pickBackend('cpu')
  folder = mkdtempSync(join(tmpdir(), 'write-files-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('files of a training', () => {
  it('are all that was promised, as large as they are said to be', async () => {
    const out = join(folder, 'all')
    const before = tf.memory().numTensors
    const files = await writeFiles(out, trained, card, ['tensorflowjs', 'saved-model', 'onnx'])
    expect(tf.memory().numTensors).toBe(before)
    expect(tf.getBackend()).toBe('cpu')
    expect(files.map(({ name }) => name).sort()).toEqual(
      readdirSync(out, { recursive: true, encoding: 'utf8' })
        .filter((name) => name !== 'saved-model')
        .sort(),
    )
    expect(files.map(({ name }) => name)).toEqual([
      'model.json',
      'weights.bin',
      'saved-model/saved_model.pb',
      'model.onnx',
      'genotype.txt',
      'genotype.json',
      'genotype.py',
      'cell-normal.svg',
      'cell-normal.pdf',
      'cell-reduction.svg',
      'cell-reduction.pdf',
      'card.json',
      'card.md',
    ])
    for (const { name, bytes } of files) expect(statSync(join(out, name)).size, name).toBe(bytes)
    expect(JSON.parse(readFileSync(join(out, 'card.json'), 'utf8'))).toMatchObject(card)
    const text = readFileSync(join(out, 'card.md'), 'utf8')
    expect(text).toContain('90.00 %')
    expect(text).toContain('89.00 % ± 1.00 % over 3 seeds')
    expect(text).toContain('made up, CC0 \\| public')
    expect(text).toContain('1 h 2 min')
  })

  it('are only those formats that were asked for', async () => {
    const files = await writeFiles(join(folder, 'one'), trained, card, ['onnx'])
    expect(files.some(({ name }) => name === 'model.onnx')).toBe(true)
    expect(files.some(({ name }) => name === 'model.json')).toBe(false)
  })

  it('of a search are its genotype, drawings and card', async () => {
    const { parameters: _, multiplyAdds: __, accuracy: ___, ...ofRun } = card
    const files = await writeGenotypeFiles(join(folder, 'search'), trained.plan.genotype, ofRun)
    expect(files).toHaveLength(9)
    expect(readFileSync(join(folder, 'search/card.md'), 'utf8')).toContain('# A cell found on Fixture')
  })
})

describe('a model that is read back', () => {
  it('gives the probabilities of the engine', async () => {
    const model = await loadModel(join(folder, 'all'))
    expect(model.facts).toMatchObject({ size: 8, channels: 3, margin: 1, classNames: trained.facts.classNames })
    const pixels = pixelFixture(trained, 2)
    const expected = tf.softmax(tf.tensor2d(engineLogits(trained, pixels))).dataSync()
    const received = await model.predict(pixels)
    received.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4))
    model.dispose()
  })

  it('is told what is wrong with it', async () => {
    const fresh = async (name: string) => {
      const out = join(folder, name)
      await writeFiles(out, trained, card, ['tensorflowjs'])
      return out
    }
    await expect(loadModel(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' })
    await expect(loadModel(join(folder, 'one'))).rejects.toThrow('there is none')
    const torn = await fresh('torn')
    truncateSync(join(torn, 'weights.bin'), 100)
    await expect(loadModel(torn)).rejects.toThrow(/its weights have 100 bytes where \d+ should be/)
    unlinkSync(join(torn, 'weights.bin'))
    await expect(loadModel(torn)).rejects.toThrow('weights.bin is not beside it')
    const cut = await fresh('cut')
    truncateSync(join(cut, 'model.json'), 1000)
    await expect(loadModel(cut)).rejects.toThrow('it is not whole JSON')
    writeFileSync(join(cut, 'model.json'), '{"format":"layers-model"}')
    await expect(loadModel(cut)).rejects.toMatchObject({ code: 'BAD_DATA' })
  })
})

describe('in the terminal', () => {
  let [out, errors] = ['', '']
  beforeEach(() => {
    ;[out, errors] = ['', '']
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((errors += String(text)), true))
  })
  afterEach(() => vi.restoreAllMocks())

  it('predict names the likeliest classes of pictures', async () => {
    const pixels = pixelFixture(trained, 1)
    const picture = join(folder, 'picture.png')
    await sharp(Uint8Array.from(pixels), { raw: { width: 8, height: 8, channels: 3 } })
      .png()
      .toFile(picture)
    expect(await main(['predict', '--model', join(folder, 'all'), picture, '--json', '--top', '2'])).toBe(0)
    const { pictures } = JSON.parse(out) as {
      pictures: { file: string; classes: { name: string; probability: number }[] }[]
    }
    await cpu.load(true)
    const expected = tf.softmax(tf.tensor2d(engineLogits(trained, pixels))).dataSync()
    const [first, second] = pictures[0]!.classes
    expect(pictures[0]!.file).toBe(picture)
    expect(pictures[0]!.classes).toHaveLength(2)
    expect(first!.probability).toBeCloseTo(Math.max(...expected), 4)
    expect(first!.name).toBe(`class ${expected.indexOf(Math.max(...expected))}`)
    expect(second!.probability).toBeLessThanOrEqual(first!.probability)
  })

  it('predict goes on past what is no picture', async () => {
    const [good, bad] = [join(folder, 'picture.png'), join(folder, 'all/card.md')]
    expect(await main(['predict', '--model', join(folder, 'all'), '--json', '--top', '1', bad, good])).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      pictures: [
        { file: bad, problem: { code: 'BAD_DATA' } },
        { file: good, classes: [{}] },
      ],
    })
  })

  it('predict tells what is no picture, and what it needs', async () => {
    expect(await main(['predict', '--model', join(folder, 'all'), join(folder, 'all/card.md')])).toBe(1)
    expect(errors).toContain('card.md: Expected a whole picture')
    expect(await main(['predict', join(folder, 'picture.png')])).toBe(2)
    expect(errors).toContain('Expected --model DIR')
    expect(await main(['predict', '--model', join(folder, 'all')])).toBe(2)
    expect(await main(['predict', '--modell', 'x', 'y.png'])).toBe(2)
    expect(errors).toContain('--model')
  })

  it('export writes a genotype in every notation, drawn', async () => {
    expect(await main(['export', '--genotype', 'pdarts', '--out', join(folder, 'pdarts')])).toBe(0)
    expect(out).toContain('cell-reduction.svg')
    expect(parseGenotype(readFileSync(join(folder, 'pdarts/genotype.txt'), 'utf8'))).toEqual(parseGenotype('PDARTS'))
    expect(await main(['export', '--genotype', 'pdarts'])).toBe(2)
  })
})
