// One stage of a search: trains a supernet step by step and tells how it goes; returns the logits to decide by.
import { setImmediate } from 'node:timers/promises'
import type { EngineEvent, StageNumber } from '@cellboard/schema/events'
import type { Genotype } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { Space } from '@cellboard/schema/spaces'
import { writeCheckpoint, type Decided } from '../checkpoint.js'
import { Curvature } from '../complexity/curvature.js'
import { endlessBatches, epochBatches, type Batch } from '../data/batches.js'
import { gaussian, randomStream } from '../data/random.js'
import type { HostState } from '../learning/host-state.js'
import { weightRate } from '../learning/schedule.js'
import { stepChance } from '../learning/step-chance.js'
import { freshState, SupernetTraining } from '../learning/supernet-training.js'
import { buildSupernet, type Supernet } from '../network/supernet.js'
import { countWeights, initialWeights } from '../network/weights.js'
import { countSupernet } from '../space/cost.js'
import { softmax } from '../space/derive.js'
import { PASSES } from '../space/step-memory.js'
import type { Clock } from '../learning/clock.js'
import { collapseReport } from './collapse.js'
import type { SearchContext } from './context.js'
import { refuseDiverged } from '../learning/diverged.js'
import { stopRuleOf } from './early-stop.js'
import type { EpochRecord } from './history.js'
import { outOfMemory, refuseTooLarge } from '../learning/out-of-memory.js'
import { epochsBefore } from './schedule.js'

export interface StagePlan {
  readonly stage: StageNumber
  readonly space: Space
  readonly cells: number
  readonly epochs: number
  /** For each edge of the space. */
  readonly candidates: readonly (readonly Operator[])[]
  /** What was found before this stage, kept in its checkpoints. */
  readonly decided: Decided
  /** The genotype that this stage's logits would give. */
  readonly derive: (logits: number[][]) => Genotype
}

export interface StageOutcome {
  /** The logits that decide. */
  readonly logits: number[][]
  /** The network as it is after the last epoch. */
  readonly net: Supernet
  readonly trained: HostState
}

export async function* runStage(
  plan: StagePlan,
  settings: ResolvedSearchSettings,
  context: SearchContext,
  clock: Clock,
): AsyncGenerator<EngineEvent, StageOutcome> {
  const { stage, space, cells, epochs, candidates } = plan
  const { facts, train, validation, stepsPerEpoch, signal, checkpointFolder } = context
  const { seed, channels, batch, augment, cutout, optimisation, alphaWarmup, eigenvalueEvery } = settings
  const resumed = context.resumed?.stage === stage ? context.resumed : null
  const network = { space, channels, cells, classes: facts.classes, imageChannels: facts.channels, candidates }
  const net = buildSupernet(network)
  const stepsBefore = epochsBefore(settings, stage) * stepsPerEpoch
  const history = [...(resumed?.history ?? [])]

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
  const ask = { of: `stage ${stage}`, cost, batch, passes: PASSES[optimisation] }
  refuseTooLarge(ask)
  clock.begin(stage, cost.multiplyAdds, history.length * stepsPerEpoch)

  const training = new SupernetTraining(net, facts, settings, resumed?.tensors ?? startOf(net, stage, settings))
  const curvature = new Curvature(net, facts)
  const stopRule = stopRuleOf(settings, candidates)
  const measures = validation.count >= batch
  /** The same batches at each epoch, neither cropped nor mirrored. */
  const still = (images = validation) => epochBatches(images, { batch, seed, stage, epoch: 0, augment: false, facts })
  try {
    let stop = stopRule(history)
    for (let epoch = history.length + 1; epoch <= epochs && !stop; epoch++) {
      const began = performance.now()
      const rate = weightRate({ ...settings, epochs }, epoch)
      const drawn = { batch, seed, stage, epoch, augment, cutout, facts }
      const others = optimisation === 'one-level' ? null : endlessBatches(validation, drawn)
      let [loss, accuracy, step] = [0, 0, (epoch - 1) * stepsPerEpoch]
      for (const images of epochBatches(train, drawn)) {
        if (!training.ready) yield { type: 'preparing', what: `building the graph of stage ${stage}`, etaSeconds: null }
        await setImmediate() // lets messages in between two steps, an abort among them
        signal?.throwIfAborted()
        const from = performance.now()
        const alphaStep = ++step - alphaWarmup * stepsPerEpoch
        const chance = stepChance(net, { ...settings, epochs }, { stage, epoch, step })
        const metrics = await training.step(images, others ? others.next().value : null, { rate, alphaStep, chance })
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
        refuseDiverged(metrics, `step ${step} of stage ${stage}`)
        loss += metrics.loss / stepsPerEpoch
        accuracy += metrics.accuracy / stepsPerEpoch
      }

      const at = { stage, epoch, step: stepsBefore + step }
      const logits = await training.logits()
      const validated = measures ? await training.evaluate(still()) : null
      const due = eigenvalueEvery > 0 && epoch % eigenvalueEvery === 0
      const one = due ? (still(measures ? validation : train).next().value as Batch) : null
      const eigenvalue = one
        ? await curvature.eigenvalue(training.state, one, randomStream(seed, 'eigenvalue', stage, epoch))
        : null
      const genotype = plan.derive(logits)
      history.push({ epoch, logits, eigenvalue, genotype, validationAccuracy: validated?.accuracy ?? null })
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
      yield { type: 'genotype-derived', stage, epoch, final: false, genotype }
      yield { type: 'collapse-measured', ...at, ...collapseReport(history, candidates, settings) }
      if (checkpointFolder) {
        const checkpoint = { settings, ...at, decided: plan.decided, history, tensors: await training.toHost() }
        yield { type: 'checkpoint-written', ...at, bytes: writeCheckpoint(checkpointFolder, checkpoint) }
      }
      stop = stopRule(history)
    }
    if (stop && settings.earlyStop !== 'none')
      yield {
        type: 'stopped-early',
        stage,
        epoch: history.length,
        rule: settings.earlyStop,
        reason: stop.reason,
        kept: stop.keep,
      }
    const kept = stop ? history[stop.keep - 1]! : decisive(history, optimisation)
    return { logits: kept?.logits ?? (await training.logits()), net, trained: await training.toHost() }
  } catch (error) {
    throw outOfMemory(error, ask)
  } finally {
    curvature.dispose()
    training.dispose()
  }
}

/**
 * The epoch that decides: the last; of a one-level search with a validation part, the one it does best at (StacNAS search.py).
 * Bi-level searches have trained their logits on that part. None where there was no epoch (clusters of a network as it is drawn).
 */
function decisive(
  history: readonly EpochRecord[],
  optimisation: ResolvedSearchSettings['optimisation'],
): EpochRecord | undefined {
  const last = history.at(-1)
  if (!last || optimisation !== 'one-level') return last
  return history.reduce(
    (best, one) => ((one.validationAccuracy ?? 0) > (best.validationAccuracy ?? 0) ? one : best),
    last,
  )
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
