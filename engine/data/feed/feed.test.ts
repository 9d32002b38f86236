// A feed against what it promises: the same batches for any number of threads and from any batch on, and nothing left behind.
import { resolveTrainingSettings, trainingSettingsSchema } from '@cellboard/schema/training-settings'
import { afterEach, describe, expect, it } from 'vitest'
import type { Batch } from '../batches.js'
import { openFeed } from './feed.js'
import { openTrainingData, type OpenedData } from '../open-training-data.js'
import type { Feed } from '../training-data.js'

const settingsOf = (more: object = {}) =>
  resolveTrainingSettings(
    trainingSettingsSchema.parse({ dataset: 'digits', batch: 16, images: 100, testImages: 40, seed: 3, ...more }),
    'darts',
  )
const opened = (more: object = {}) => openTrainingData(settingsOf(more), '')

const feeds: Feed[] = []
const feedOf = (data: OpenedData, more: object = {}) => {
  const feed = openFeed(data, settingsOf(more))
  feeds.push(feed)
  return feed
}
afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed.close()
})
const all = async (batches: AsyncGenerator<Batch>) => {
  const got: Batch[] = []
  for await (const batch of batches) got.push(batch)
  return got
}

describe('training', () => {
  it('shows whole batches of every image at most once, in another order each epoch', async () => {
    const data = await opened()
    const feed = feedOf(data, { crop: 'none', cutout: 0 })
    const [first, second] = [await all(feed.training(1)), await all(feed.training(2))]
    expect(first.map(({ y }) => y.length)).toEqual([16, 16, 16, 16, 16, 16])
    expect(first[0]!.x).toHaveLength(16 * 64)
    const seen = new Set(
      first.flatMap(({ x }) => Array.from({ length: 16 }, (_, i) => x.slice(i * 64, i * 64 + 64).join())),
    )
    expect(seen.size).toBe(96)
    expect(second[0]!.x).not.toEqual(first[0]!.x)
  })

  it('normalises by mean and deviation, and keeps label and image together', async () => {
    const data = await opened()
    const [batch] = await all(feedOf(data, { crop: 'none', cutout: 0 }).training(1))
    const pictures = await Promise.all(Array.from({ length: data.train.count }, (_, i) => data.train.picture(i)))
    const [mean, deviation] = [data.facts.mean[0]!, data.facts.deviation[0]!]
    for (let i = 0; i < 16; i++) {
      const bytes = [...batch!.x.slice(i * 64, i * 64 + 64)].map((value) =>
        Math.round((value * deviation + mean) * 255),
      )
      const index = pictures.findIndex((picture) => picture.join() === bytes.join())
      expect(data.train.labels[index]).toBe(batch!.y[i])
    }
  })

  it.each([1, 3])('gives the same bytes with %i threads as with none, augmented', async (workers) => {
    const data = await opened({ cutout: 4 })
    const more = { cutout: 4, flip: true }
    const expected = await all(feedOf(data, more).training(2))
    expect(await all(feedOf(data, { ...more, workers }).training(2))).toEqual(expected)
    expect(await all(feedOf(data, { ...more, workers }).training(2, 4))).toEqual(expected.slice(4))
  })

  it('draws anew each epoch, by the seed', async () => {
    const data = await opened()
    const views = async (epoch: number, seed: number) => (await all(feedOf(data, { seed }).training(epoch)))[0]!.x
    expect(await views(1, 3)).toEqual(await views(1, 3))
    expect(await views(2, 3)).not.toEqual(await views(1, 3))
    expect(await views(1, 4)).not.toEqual(await views(1, 3))
  })
})

describe('still', () => {
  it.each([0, 2])('gives all images in their order, the last batch smaller, with %i threads', async (workers) => {
    const data = await opened({ trainShare: 0.8 })
    const feed = feedOf(data, { workers })
    for (const part of ['validation', 'test'] as const) {
      const batches = await all(feed.still(part))
      expect(batches.flatMap(({ y }) => [...y])).toEqual([...data[part].labels])
      expect(batches.at(-1)!.y).toHaveLength(data[part].count % 16)
      const picture = await data[part].picture(0)
      const normal = [...picture].map((byte) => (byte / 255 - data.facts.mean[0]!) / data.facts.deviation[0]!)
      batches[0]!.x.slice(0, 64).forEach((value, i) => expect(value).toBeCloseTo(normal[i]!, 5))
    }
  })
})

describe('close', () => {
  it.each([0, 2])('ends generators under way and all threads, with %i threads', async (workers) => {
    const feed = feedOf(await opened(), { workers })
    const batches = feed.training(1)
    expect((await batches.next()).done).toBe(false)
    const next = batches.next()
    await feed.close()
    await next
    expect((await batches.next()).done).toBe(true)
    expect((await feed.training(2).next()).done).toBe(true)
  })

  it('measures what was waited for', async () => {
    const feed = feedOf(await opened())
    expect(feed.waited).toBe(0)
    await all(feed.training(1))
    expect(feed.waited).toBeGreaterThan(0)
  })
})
