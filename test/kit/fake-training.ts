// What the fake engine's trainings come to: each number follows from the settings, so that a test can tell what it must see.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { EngineEvent, RunFile } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'

type Of<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>

export const networkOf = (
  { cells, channels, epochs }: ResolvedTrainingSettings,
  genotype: Genotype,
  stepsPerEpoch: number,
): Of<'network-built'> => ({
  type: 'network-built',
  genotype,
  cells,
  channels,
  epochs,
  stepsPerEpoch,
  parameters: 4321,
  multiplyAdds: 98765,
  classNames: Array.from({ length: 10 }, (_, label) => `class ${label}`),
  leftOut: [],
})

/** Grows with every epoch, but the second is the best. */
export const testedAt = (epoch: number): number => (epoch === 2 ? 0.9 : 0.8 - 0.3 / epoch)

/** A grey pixel: the smallest picture that is one. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='

/** Ten images a class, of which every class has one taken for the next. */
export function measured(
  { epochs }: ResolvedTrainingSettings,
  loss: number,
  pictureBytes: number,
): Of<'test-measured'> {
  const classes = Array.from({ length: 10 }, (_, label) => label)
  const next = (label: number) => (label + 1) % 10
  const best = epochs >= 2 ? 2 : 1
  return {
    type: 'test-measured',
    epoch: epochs,
    images: 100,
    loss,
    accuracy: testedAt(epochs),
    best: { epoch: best, accuracy: testedAt(best) },
    confusion: classes.map((truth) =>
      classes.map((predicted) => (predicted === truth ? 9 : predicted === next(truth) ? 1 : 0)),
    ),
    mixedUp: classes.map((truth) => ({ truth, predicted: next(truth), images: 1 })),
    mistakes: classes.map((truth) => ({
      index: 10 * truth,
      truth,
      predicted: next(truth),
      probability: 0.99 - truth / 100,
      picture: PICTURE.padEnd(pictureBytes, 'A'),
    })),
  }
}

/** Text files under the names that a training's have; the network is none. */
export function writeFakeFiles(folder: string, { genotype, seed }: ResolvedTrainingSettings): RunFile[] {
  const files = [
    { name: 'genotype.txt', mediaType: 'text/plain', text: genotype },
    { name: 'card.json', mediaType: 'application/json', text: JSON.stringify({ seed }) },
    { name: 'cell-normal.svg', mediaType: 'image/svg+xml', text: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    { name: 'saved-model/variables/variables.index', mediaType: 'application/octet-stream', text: 'make-believe' },
  ]
  for (const { name, text } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return files.map(({ name, mediaType, text }) => ({ name, mediaType, bytes: Buffer.byteLength(text) }))
}
