// One stage of a search: trains a supernet step by step and tells how it goes; returns the logits to decide by.
import { setImmediate } from 'node:timers/promises'
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { EngineEvent } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { Space } from '@cellboard/schema/spaces'
import { writeCheckpoint, type Checkpoint } from '../checkpoint.js'
import { epochBatches } from '../data/batches.js'
import type { Images } from '../data/images.js'
import { gaussian, randomStream } from '../data/random.js'
import { EngineError } from '../errors.js'
import { weightRate } from '../learning/schedule.js'
import { freshState, SupernetTraining, type HostState, type StepMetrics } from '../learning/supernet-training.js'
import { buildSupernet, type Supernet } from '../network/supernet.js'
import { countWeights, initialWeights } from '../network/weights.js'
import { countSupernet } from '../space/cost.js'
import { softmax } from '../space/derive.js'
import { PASSES } from '../space/step-memory.js'
import type { Clock } from './clock.js'
import { outOfMemory, refuseTooLarge } from './out-of-memory.js'

export interface SearchContext {
  readonly space: Space
  readonly facts: DatasetFacts
  readonly train: Images
  readonly validation: Images
  readonly stepsPerEpoch: number
  readonly signal: AbortSignal | undefined
  readonly checkpointFolder: string | undefined
  /** The checkpoint that the search goes on from. */
  readonly resumed: Checkpoint | null
}

export interface StagePlan {
  readonly stage: 1 | 2
  readonly cells: number
  /** For each edge of `space.edges`. */
  readonly candidates: readonly (readonly Operator[])[]
  /** What stage 1 found, kept in the checkpoints of stage 2. */
  readonly stageOneLogits: number[][] | null
  /** The genotype that this stage's logits would give. */
  readonly derive: (logits: number[][]) => Genotype
}

export async function* runStage(
  plan: StagePlan,
  settings: ResolvedSearchSettings,
  context: SearchContext,
  clock: Clock,
): AsyncGenerator<EngineEvent, number[][]> {
  const { stage, cells, candidates, stageOneLogits } = plan
  const { space, facts, train, validation, stepsPerEpoch, signal, checkpointFolder } = context
  const { seed, epochs, channels, batch, augment } = settings
  const resumed = context.resumed?.stage === stage ? context.resumed : null
  const network = { space, channels, cells, classes: facts.classes, imageChannels: facts.channels, candidates }
  const net = buildSupernet(network)
  const stepsBefore = (stage - 1) * epochs * stepsPerEpoch
  const epochsDone = resumed?.epoch ?? 0

  yield {
    type: 'stage-started',
    stage,
    cells,
    channels,
    epochs,
    parameters: countWeights(net.specs),
    stepsPerEpoch,
    edges: space.edges.map(({ cell, from, to }, i) => ({ cell, from, to, candidates: [...candidates[i]!] })),
  }
  const cost = countSupernet({ ...network, imageSize: facts.size })
  const ask = { of: `stage ${stage}`, cost, batch, passes: PASSES[settings.optimisation] }
  refuseTooLarge(ask)
  clock.begin(stage - 1, cost.multiplyAdds, epochsDone * stepsPerEpoch)

  const training = new SupernetTraining(net, facts, settings, resumed?.tensors ?? startOf(net, stage, settings))
  let best = resumed?.best ?? null
  try {
    for (let epoch = epochsDone + 1; epoch <= epochs; epoch++) {
      const began = performance.now()
      const rate = weightRate(settings, epoch)
      let [loss, accuracy, step] = [0, 0, (epoch - 1) * stepsPerEpoch]
      for (const images of epochBatches(train, { batch, seed, stage, epoch, augment, facts })) {
        if (!training.ready) yield { type: 'preparing', what: `building the graph of stage ${stage}`, etaSeconds: null }
        await setImmediate() // lets messages in between two steps, an abort among them
        signal?.throwIfAborted()
        const from = performance.now()
        const metrics = await training.step(images, null, { rate, alphaStep: ++step })
        const seconds = (performance.now() - from) / 1000
        clock.step(seconds)
        yield {
          type: 'step-finished',
          stage,
          epoch,
          step: stepsBefore + step,
          metrics: { ...metrics, 'learning-rate': rate, 'step-seconds': seconds },
          etaSeconds: clock.etaSeconds,
        }
        refuseDiverged(metrics, stage, step)
        loss += metrics.loss / stepsPerEpoch
        accuracy += metrics.accuracy / stepsPerEpoch
      }

      const at = { stage, epoch, step: stepsBefore + step }
      const logits = await training.logits()
      const held = validation.count >= batch
      const still = { batch, seed, stage, epoch: 0, augment: false, facts } // the same batches at each epoch
      const validated = held ? await training.evaluate(epochBatches(validation, still)) : null
      if (validated && (!best || validated.accuracy > best.accuracy)) best = { accuracy: validated.accuracy, logits }
      yield {
        type: 'epoch-finished',
        ...at,
        trainLoss: loss,
        trainAccuracy: accuracy,
        ...(validated && { validationLoss: validated.loss, validationAccuracy: validated.accuracy }),
        seconds: (performance.now() - began) / 1000,
      }
      const shares = logits.map((edge, i) => softmax(edge.slice(0, candidates[i]!.length)))
      yield { type: 'shares-measured', ...at, shares }
      yield { type: 'genotype-derived', stage, epoch, final: false, genotype: plan.derive(logits) }
      if (checkpointFolder) {
        const checkpoint = { settings, ...at, stageOneLogits, best, tensors: await training.toHost() }
        yield { type: 'checkpoint-written', ...at, bytes: writeCheckpoint(checkpointFolder, checkpoint) }
      }
    }
    // With a validation part its best epoch decides, else the last (StacNAS search.py).
    return best?.logits ?? (await training.logits())
  } catch (error) {
    throw outOfMemory(error, ask)
  } finally {
    training.dispose()
  }
}

function startOf(net: Supernet, stage: number, { seed, alphaInit }: ResolvedSearchSettings): HostState {
  const weights = initialWeights(net.specs, randomStream(seed, 'weights', stage))
  const draw = gaussian(randomStream(seed, 'alphas', stage))
  return freshState(
    net,
    weights,
    Float32Array.from({ length: net.edges * net.widest }, () => alphaInit * draw()),
  )
}

function refuseDiverged(metrics: StepMetrics, stage: number, step: number): void {
  for (const name of ['loss', 'gradient-norm'] as const)
    if (!Number.isFinite(metrics[name]))
      throw new EngineError(
        'DIVERGED',
        `Expected a finite ${name}, but received ${metrics[name]} in step ${step} of stage ${stage}.`,
        'Lower weightRate or gradientClip. The points before are kept.',
      )
}
