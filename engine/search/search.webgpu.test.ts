// A short search on WebGPU, in software where there is no GPU: in a file of its own, for a backend belongs to its process.
import { tmpdir } from 'node:os'
import type { EngineEvent } from '@cellboard/schema/events'
import { resolveSettings, searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { expect, it } from 'vitest'
import { webgpu } from '../backend/webgpu.js'
import { search } from '../index.js'

const missing = await webgpu.load(true).then(
  () => '',
  (error: Error) => ` (not here: ${error.message.split('\n')[0]})`,
)

const tiny: SearchSettingsInput = {
  space: 'nas-bench-201',
  dataset: 'digits',
  images: 48,
  trainShare: 0.67,
  batch: 16,
  epochs: 1,
  channels: 4,
  stage1Cells: 1,
  stage2Cells: 1,
  seed: 1,
}

async function allOf(backend: 'webgpu' | 'cpu'): Promise<EngineEvent[]> {
  const events: EngineEvent[] = []
  const settings = resolveSettings(searchSettingsSchema.parse({ ...tiny, backend }))
  for await (const event of search(settings, { dataFolder: tmpdir() })) events.push(event)
  return events
}
const losses = (events: EngineEvent[]) =>
  events.flatMap((event) => (event.type === 'step-finished' ? [event.metrics.loss] : []))

it.skipIf(missing)(
  `searches on WebGPU, with the losses that the cpu has${missing}`,
  async () => {
    const events = await allOf('webgpu')
    expect(events[0]).toMatchObject({ type: 'started', backend: { name: 'webgpu' } })
    expect(events.at(-1)).toMatchObject({ type: 'genotype-derived', final: true })
    const expected = losses(await allOf('cpu'))
    expect(expected).toHaveLength(4)
    // Sums in another order: a step or two later that is some thousandths.
    losses(events).forEach((loss, i) => expect(loss).toBeCloseTo(expected[i]!, 2))
  },
  300_000,
)
