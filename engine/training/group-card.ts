// The card of a group of seeds: that of its trainings, with the mean and deviation of what they reached.
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cardJson, cardText, type ModelCard } from '../export/card.js'
import { meanAndDeviation } from '../mean-and-deviation.js'

/** Reads the cards in `folder`/seed-N and writes that of all of them into `folder`, each file whole. */
export async function writeGroupCard(folder: string, seeds: readonly number[]): Promise<void> {
  const cards = await Promise.all(
    seeds.map(
      async (seed) => JSON.parse(await readFile(join(folder, `seed-${seed}`, 'card.json'), 'utf8')) as ModelCard,
    ),
  )
  const { mean, deviation } = meanAndDeviation(cards.map(({ accuracy }) => accuracy.last))
  const bests = cards.map(({ accuracy }) => accuracy.best)
  const last = cards.at(-1)!
  const card: ModelCard = {
    ...last,
    settings: { ...last.settings, seed: seeds.join(', ') },
    accuracy: {
      last: mean,
      best: bests.reduce((best, one) => (one.accuracy > best.accuracy ? one : best)),
      seeds: { mean, deviation, runs: seeds.length },
    },
    seconds: cards.reduce((sum, { seconds }) => sum + seconds, 0),
  }
  await writeWhole(join(folder, 'card.md'), cardText(card))
  await writeWhole(join(folder, 'card.json'), cardJson(card))
}

async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.fresh`, text)
  await rename(`${path}.fresh`, path)
}
