// Which share of a training's time is spent waiting for images: pictures in memory as CIFAR-10's, and a folder of JPEGs as ImageNet's.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { train } from '@cellboard/engine'
import { resolveTrainingSettings, trainingSettingsSchema } from '@cellboard/schema/training-settings'
import sharp from 'sharp'
import { machine } from './figure.js'

/** Largest share of the time that a training may wait. */
const TARGET = 0.05
/** Steps before it is measured: the graph is built, the threads begin. */
const UNMEASURED = 2
/** As most of ImageNet's. */
const PHOTO = { width: 500, height: 375 }

interface Waited {
  readonly set: string
  readonly workers: number
  readonly share: number
  readonly waitMs: number
  readonly stepMs: number
}

export async function input(args: readonly string[], tell: (what: string) => void) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      steps: { type: 'string', default: '4' },
      workers: { type: 'string', default: '0,1,2' },
      cells: { type: 'string', default: '14' },
      channels: { type: 'string', default: '48' },
      batch: { type: 'string', default: '32' },
    },
  })
  const whole = (flag: keyof typeof values, text: string) => {
    const number = Number(text)
    if (Number.isInteger(number) && number >= 0) return number
    throw new Error(`Expected --${flag} as a whole number, but received ${text}.`)
  }
  const [steps, cells, channels, batch] = (['steps', 'cells', 'channels', 'batch'] as const).map((flag) => whole(flag, values[flag])) as [number, number, number, number] // prettier-ignore
  const workers = values.workers.split(',').map((text) => whole('workers', text))
  const images = (steps + UNMEASURED + 2) * batch
  const folder = mkdtempSync(join(tmpdir(), 'cellboard-input-'))
  const measured: Waited[] = []
  try {
    tell(`writing ${images} pictures of each kind`)
    await writePhotos(folder, images)
    const [small, large] = [join(folder, 'small.csv'), join(folder, 'photos')]
    writeSmall(small, images)
    const size = { genotype: 'DARTS_V2', seed: 1, cells, channels, batch, epochs: 10, testShare: 0.01, formats: [] }
    const sets = {
      'in memory, 32': { ...size, dataset: 'own', dataPath: small, imageSize: 32, preset: 'fancy' },
      'JPEG, 224': { ...size, dataset: 'own', dataPath: large, imageSize: 224, preset: 'imagenet' },
    }
    for (const [set, asked] of Object.entries(sets))
      for (const count of workers) {
        const settings = resolveTrainingSettings(trainingSettingsSchema.parse({ ...asked, workers: count }), 'darts')
        measured.push({ set, workers: count, ...(await waitedIn(settings, steps)) })
        tell(JSON.stringify(measured.at(-1)))
      }
  } finally {
    rmSync(folder, { recursive: true })
  }
  const threaded = measured.filter((one) => one.workers > 0)
  const figure = Math.max(...(threaded.length > 0 ? threaded : measured).map(({ share }) => share))
  return {
    name: 'input',
    figure,
    unit: 'of the time of training steps is spent waiting for images, at most, with threads',
    target: TARGET,
    holds: figure < TARGET,
    measured,
    conditions: { genotype: 'DARTS_V2', steps, cells, channels, batch, ...machine(), load: loadavg()[0]! },
  }
}

/** Of the steps that are measured: what a training spends outside of them is waiting for the next batch. */
async function waitedIn(
  settings: Parameters<typeof train>[0],
  steps: number,
): Promise<Omit<Waited, 'set' | 'workers'>> {
  let [seen, computing, from] = [0, 0, 0]
  for await (const event of train(settings, { dataFolder: '' })) {
    if (event.type !== 'step-finished') continue
    seen++
    if (seen <= UNMEASURED) from = performance.now()
    else computing += event.metrics['step-seconds']!
    if (seen === UNMEASURED + steps) break
  }
  const all = (performance.now() - from) / 1000
  const round = (value: number, digits: number) => Number(value.toFixed(digits))
  return {
    share: round((all - computing) / all, 4),
    waitMs: round((1000 * (all - computing)) / steps, 1),
    stepMs: round((1000 * computing) / steps, 1),
  }
}

/** A wave of colour with some grain, its numbers from the picture's: about as many bytes as a photograph. */
function pixelsOf(n: number, width: number, height: number): Buffer {
  const bytes = Buffer.alloc(width * height * 3)
  let grain = n + 1
  for (let at = 0; at < bytes.length; at++) {
    grain = (Math.imul(grain, 1664525) + 1013904223) >>> 0
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)]
    bytes[at] = 128 + 90 * Math.sin((x * (1 + (n % 7)) + y * (at % 3)) / 40 + n) + (grain >>> 27)
  }
  return bytes
}

async function writePhotos(folder: string, count: number): Promise<void> {
  for (const name of ['a', 'b']) mkdirSync(join(folder, 'photos', name), { recursive: true })
  for (let n = 0; n < count; n++) {
    const raw = sharp(pixelsOf(n, PHOTO.width, PHOTO.height), { raw: { ...PHOTO, channels: 3 } })
    writeFileSync(join(folder, 'photos', n % 2 ? 'a' : 'b', `${n}.jpg`), await raw.jpeg({ quality: 92 }).toBuffer())
  }
}

function writeSmall(file: string, count: number): void {
  const lines = Array.from({ length: count }, (_, n) => [...pixelsOf(n, 32, 32), n % 2].join(','))
  writeFileSync(file, lines.join('\n'))
}
