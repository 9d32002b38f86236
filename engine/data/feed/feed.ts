// Batches for a training in their order, made where they are asked for or by threads ahead of the step; the same for any number of threads.
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { BatchMaker, type BatchOrder, type BatchRules, type PartName, type Parts } from './batch-maker.js'
import type { Batch } from '../batches.js'
import { FeedThreads } from './feed-threads.js'
import type { OpenedData } from '../open-training-data.js'
import { randomStream, shuffle } from '../random.js'
import type { Feed } from '../training-data.js'

type FeedSettings = Pick<
  ResolvedTrainingSettings,
  'seed' | 'batch' | 'workers' | 'crop' | 'flip' | 'cutout' | 'colourJitter' | 'autoAugment'
>

/** Makes batches in the order in which they are ordered; null once it is closed. */
interface Maker {
  make(order: BatchOrder): Promise<Batch | null>
  close(): Promise<void>
}

/**
 * Opens a feed of the data's batches. With `workers` threads up to one batch more than there are threads is made ahead of the one that is
 * asked for; without any, a batch is made when it is asked for.
 */
export function openFeed(data: OpenedData, settings: FeedSettings): Feed {
  return new OrderedFeed(data, settings)
}

class OrderedFeed implements Feed {
  waited = 0
  private closed = false
  private readonly maker: Maker

  constructor(
    private readonly data: OpenedData,
    private readonly settings: FeedSettings,
  ) {
    const parts = partsOf(data)
    const rules = rulesOf(data, settings)
    this.maker = settings.workers > 0 ? new FeedThreads(parts, rules, settings.workers) : makerHere(parts, rules)
  }

  training(epoch: number, from = 0): AsyncGenerator<Batch> {
    return this.deliver(trainingOrders(this.data.train.count, epoch, from, this.settings))
  }

  still(part: 'validation' | 'test'): AsyncGenerator<Batch> {
    return this.deliver(stillOrders(this.data[part].count, part, this.settings.batch))
  }

  async close(): Promise<void> {
    this.closed = true
    await this.maker.close()
  }

  private async *deliver(orders: Iterable<BatchOrder>): AsyncGenerator<Batch> {
    const ahead = this.settings.workers > 0 ? this.settings.workers + 1 : 0
    const coming: Promise<Batch | null>[] = []
    for (const order of orders) {
      coming.push(this.ordered(order))
      if (coming.length <= ahead) continue
      const batch = await this.waitFor(coming.shift()!)
      if (!batch) return
      yield batch
    }
    for (const one of coming) {
      const batch = await this.waitFor(one)
      if (!batch) return
      yield batch
    }
  }

  private ordered(order: BatchOrder): Promise<Batch | null> {
    const batch = this.closed ? Promise.resolve(null) : this.maker.make(order)
    // What goes wrong is told to whoever waits for the batch; nobody may, where a loop is left early.
    batch.catch(() => undefined)
    return batch
  }

  private async waitFor(coming: Promise<Batch | null>): Promise<Batch | null> {
    const began = performance.now()
    const batch = await coming
    this.waited += (performance.now() - began) / 1000
    return this.closed ? null : batch
  }
}

function makerHere(parts: Parts, rules: BatchRules): Maker {
  const maker = new BatchMaker(parts, rules)
  return { make: (order) => maker.make(order), close: () => Promise.resolve() }
}

const partsOf = ({ train, validation, test }: OpenedData): Parts => ({
  train: { pictures: train.pictures, labels: train.labels },
  validation: { pictures: validation.pictures, labels: validation.labels },
  test: { pictures: test.pictures, labels: test.labels },
})

const rulesOf = (
  { facts }: OpenedData,
  { seed, crop, flip, cutout, colourJitter, autoAugment }: FeedSettings,
): BatchRules => ({
  ...{ seed, crop, flip, cutout, colourJitter, autoAugment },
  mean: facts.mean,
  deviation: facts.deviation,
  cropPadding: facts.cropPadding,
})

/** The batches of an epoch after the first `from`; what is left at the end and is less than a batch is dropped. */
function* trainingOrders(
  count: number,
  epoch: number,
  from: number,
  { seed, batch }: Pick<FeedSettings, 'seed' | 'batch'>,
): Generator<BatchOrder> {
  const order = shuffle(
    Int32Array.from({ length: count }, (_, i) => i),
    randomStream(seed, 'shuffle', epoch),
  )
  for (let first = from * batch; first + batch <= count; first += batch)
    yield { part: 'train', epoch, indices: order.slice(first, first + batch) }
}

function* stillOrders(count: number, part: PartName, batch: number): Generator<BatchOrder> {
  for (let first = 0; first < count; first += batch) {
    const length = Math.min(batch, count - first)
    yield { part, epoch: null, indices: Int32Array.from({ length }, (_, i) => first + i) }
  }
}
