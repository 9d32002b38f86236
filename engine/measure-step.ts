// Measures optimisation steps on this machine, of a search or of final training: what benchmarks report and previews reckon with.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { DATASETS } from '@cellboard/schema/datasets'
import type { Genotype } from '@cellboard/schema/genotype'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { SPACES, type PublishedSpaceName } from '@cellboard/schema/spaces'
import { pickBackend, type PickedBackend } from './backend/pick.js'
import { gaussian, randomStream } from './data/random.js'
import { capture, type Captured, type PureFunction } from './graph/capture.js'
import { biLevelStep } from './learning/bi-level.js'
import { FINAL_DEFAULTS, finalNumbers, finalStep, freshFinalState } from './learning/final-training.js'
import { oneLevelStep, stepNumbers } from './learning/one-level.js'
import { pathMasks } from './network/chance.js'
import { buildFinalNetwork } from './network/final-network.js'
import { buildSupernet } from './network/supernet.js'
import { countWeights, initialWeights } from './network/weights.js'
import { allCandidates, sameClusters, stageOneCandidates } from './space/candidates.js'

/** One batch for both; or alphas from a second batch first (DARTS, first and second order). */
export const SEARCH_STEPS = ['one-level', 'bi-level', 'bi-level-second'] as const
export type SearchStep = (typeof SEARCH_STEPS)[number]

interface SearchSetting {
  readonly space: PublishedSpaceName
  /** Every candidate of the space on each edge, or one representative of each cluster (StacNAS' stage 1). */
  readonly candidates: 'all' | 'representatives'
  readonly step: SearchStep
}

interface SizeSetting {
  readonly cells: number
  readonly channels: number
  readonly batch: number
  /** Measured steps, after two that are not. */
  readonly steps: number
  readonly backend: Parameters<typeof pickBackend>[0]
  /** Is shown the captured graph. */
  readonly seen?: Parameters<typeof capture>[2]
}

/** A step of a search, or of the final training of `genotype`. */
export type StepSetting = SizeSetting & (SearchSetting | { readonly genotype: Genotype })

export interface StepMeasure {
  readonly backend: PickedBackend
  /** Weights of the network; architecture logits and auxiliary head not counted. */
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

/** What is measured: a pure step, the state it goes on from, and what step `number`, from 1, is given besides. */
interface Subject {
  readonly parameters: number
  readonly step: PureFunction
  readonly start: readonly Tensor[]
  given(number: number): Tensor[]
}

const facts = DATASETS.cifar10
const stream = (purpose: string) => randomStream(0, purpose)

/** On random images of CIFAR-10's size, with the published settings. */
export async function measureStep(
  setting: StepSetting,
  told: (what: string) => void = () => undefined,
): Promise<StepMeasure> {
  const backend = await pickBackend(setting.backend)
  const subject = 'genotype' in setting ? trainingSubject(setting) : searchSubject(setting)
  let state = [...subject.start]
  let captured: Captured | undefined
  const timed = async (number: number) => {
    const from = performance.now()
    const given = subject.given(number)
    captured ??= capture(subject.step, [...state, ...given], setting.seen)
    const outputs = captured.run([...state, ...given])
    const metrics = outputs.pop()!
    await metrics.data()
    tf.dispose([...state, ...given, metrics])
    state = outputs
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
    return { backend, parameters: subject.parameters, nodes: captured!.nodes, firstSeconds, milliseconds, peakMB }
  } finally {
    captured?.dispose()
    tf.dispose(state)
  }
}

function searchSubject({
  space: name,
  candidates: which,
  step,
  cells,
  channels,
  batch,
}: SizeSetting & SearchSetting): Subject {
  const { classes, channels: imageChannels } = facts
  const space = SPACES[name]
  const candidates = which === 'all' ? allCandidates(space) : stageOneCandidates(space, sameClusters(space.clusters))
  const net = buildSupernet({ space, cells, channels, classes, imageChannels, candidates })
  const settings = resolveSettings(searchSettingsSchema.parse({}))
  const weights = tf.tensor1d(initialWeights(net.specs, stream('weights')))
  const draw = gaussian(stream('alphas'))
  const alphas = Float32Array.from({ length: net.edges * net.widest }, () => settings.alphaInit * draw())
  const none = () => tf.zeros([net.edges, net.widest])
  const [images, others] = [imageSource(batch, 'images'), imageSource(batch, 'validation images')]
  const numbers = (number: number) => stepNumbers(settings.weightRate, number, settings)
  return {
    parameters: countWeights(net.specs),
    start: [weights, tf.zerosLike(weights), tf.tensor2d(alphas, [net.edges, net.widest]), none(), none()],
    ...(step === 'one-level'
      ? {
          step: oneLevelStep(net, classes, settings),
          given: (number: number) => [...images(), numbers(number)],
        }
      : {
          step: biLevelStep(net, classes, settings, step === 'bi-level' ? 'first' : 'second'),
          given: (number: number) => [...images(), ...others(), numbers(number)],
        }),
  }
}

function trainingSubject({ genotype, cells, channels, batch }: SizeSetting & { genotype: Genotype }): Subject {
  const { classes, channels: imageChannels, size: imageSize } = facts
  const auxiliary = genotype.space === 'darts'
  const plan = { genotype, cells, channels, classes, imageChannels, imageSize, auxiliary, poolNorm: false }
  const net = buildFinalNetwork(plan)
  const images = imageSource(batch, 'images')
  const random = stream('paths')
  return {
    parameters: net.parameters,
    step: finalStep(net, classes, FINAL_DEFAULTS),
    start: freshFinalState(net, initialWeights(net.specs, stream('weights'))),
    // DARTS' first learning rate and its last chance to drop a path.
    given: () => [...images(), finalNumbers(0.025, 1), pathMasks(net, batch, 0.2, random)],
  }
}

/** Images and labels, the same numbers in fresh tensors at each call. */
function imageSource(batch: number, purpose: string): () => Tensor[] {
  const { size, channels, classes } = facts
  const x = Float32Array.from({ length: batch * size * size * channels }, gaussian(stream(purpose)))
  const y = Int32Array.from({ length: batch }, (_, i) => i % classes)
  return () => [tf.tensor4d(x, [batch, size, size, channels]), tf.tensor1d(y, 'int32')]
}
