// Measures the optimisation step of a supernet on this machine: what benchmarks report and previews reckon with.
import { DATASETS } from '@cellboard/schema/datasets'
import { searchSettingsSchema } from '@cellboard/schema/settings'
import { SPACES, type SpaceName } from '@cellboard/schema/spaces'
import { pickBackend, type PickedBackend } from './backend/pick.js'
import { gaussian, randomStream } from './data/random.js'
import { freshState, SupernetTraining } from './learning/supernet-training.js'
import { buildSupernet } from './network/supernet.js'
import { countWeights, initialWeights } from './network/weights.js'
import { publishedCandidates, stageOneCandidates } from './space/candidates.js'

export interface StepSetting {
  readonly space: SpaceName
  /** Every candidate of the space on each edge, or one representative of each cluster (StacNAS' stage 1). */
  readonly candidates: 'all' | 'representatives'
  readonly cells: number
  readonly channels: number
  readonly batch: number
  /** Measured steps, after two that are not. */
  readonly steps: number
  readonly backend: Parameters<typeof pickBackend>[0]
}

export interface StepMeasure {
  readonly backend: PickedBackend
  /** Weights of the supernet, architecture logits not counted. */
  readonly parameters: number
  /** Operations of the captured graph; 0 where the step runs eagerly. */
  readonly nodes: number
  /** Seconds to build the graph and make the first step. */
  readonly firstSeconds: number
  /** Milliseconds of each measured step, ascending. */
  readonly milliseconds: readonly number[]
  /** Largest resident memory of this process so far, in MB. */
  readonly peakMB: number
}

/** On random images of CIFAR-10's size, with the published search settings. */
export async function measureStep(
  setting: StepSetting,
  told: (what: string) => void = () => undefined,
): Promise<StepMeasure> {
  const backend = await pickBackend(setting.backend)
  const facts = DATASETS.cifar10
  const { space, cells, channels, batch } = setting
  const all = publishedCandidates(space)
  const candidates = setting.candidates === 'all' ? all : stageOneCandidates(space, SPACES[space].clusters)
  const net = buildSupernet({
    space,
    cells,
    channels,
    classes: facts.classes,
    imageChannels: facts.channels,
    candidates,
  })
  const settings = searchSettingsSchema.parse({})
  const draw = gaussian(randomStream(0, 'images'))
  const images = {
    x: Float32Array.from({ length: batch * facts.size * facts.size * facts.channels }, () => draw()),
    y: Int32Array.from({ length: batch }, (_, i) => i % facts.classes),
  }
  const alphas = Float32Array.from({ length: net.edges * net.widest }, () => settings.alphaInit * draw())
  const start = freshState(net, initialWeights(net.specs, randomStream(0, 'weights')), alphas)
  const training = new SupernetTraining(net, facts, settings, start)
  const timed = async (number: number) => {
    const from = performance.now()
    await training.step(images, settings.weightRate, number)
    return performance.now() - from
  }
  try {
    told('building the graph')
    const firstSeconds = (await timed(1)) / 1000
    await timed(2)
    const milliseconds: number[] = []
    for (let step = 1; step <= setting.steps; step++) {
      told(`step ${step} of ${setting.steps}`)
      milliseconds.push(await timed(step + 2))
    }
    milliseconds.sort((a, b) => a - b)
    const peakMB = Math.round(process.resourceUsage().maxRSS / 1024)
    return { backend, parameters: countWeights(net.specs), nodes: training.nodes, firstSeconds, milliseconds, peakMB }
  } finally {
    training.dispose()
  }
}
