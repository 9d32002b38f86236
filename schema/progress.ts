// One log, one fold: turns the events of a run into what there is to see, for live view, replay, terminal and tests alike.
import type { Failure } from './error-codes.js'
import type { EdgeCandidates, EngineEvent, OperatorCluster, RunEvent, RunFile, StageNumber } from './events.js'
import type { Genotype } from './genotype.js'
import type { RunState } from './run-state.js'

type Of<T extends (EngineEvent | RunEvent)['type']> = Extract<EngineEvent | RunEvent, { type: T }>

export interface EpochSeen {
  readonly epoch: number
  readonly step: number
  readonly trainLoss: number
  readonly trainAccuracy: number
  readonly validationLoss?: number
  readonly validationAccuracy?: number
  readonly testLoss?: number
  readonly testAccuracy?: number
  readonly seconds: number
}

export interface StageSeen {
  readonly stage: StageNumber
  readonly cells: number
  readonly channels: number
  readonly epochs: number
  readonly parameters: number
  readonly stepsPerEpoch: number
  readonly edges: readonly EdgeCandidates[]
  readonly done: readonly EpochSeen[]
  /** Per measured epoch: softmax(alpha) of every edge, in the order of `edges`. */
  readonly shares: readonly { readonly epoch: number; readonly shares: readonly (readonly number[])[] }[]
}

export interface RunSeen {
  readonly state: RunState
  readonly failure: Failure | null
  readonly started: Of<'started'> | null
  /** What a slow preparation is at; null once steps are made. */
  readonly preparing: string | null
  /** Steps done and to do in all stages; seconds left as the engine reckons, null when unknown. */
  readonly step: number
  readonly steps: number
  readonly etaSeconds: number | null
  readonly clusters: readonly OperatorCluster[]
  readonly clustersOrigin: 'given' | 'measured' | null
  /** All that is known of the clusters: one, or one for each kind of cell. */
  readonly clusterings: readonly Of<'operators-clustered'>[]
  /** The depth of each stage, with what it was chosen from where it was measured. */
  readonly depths: readonly Of<'depth-matched'>[]
  readonly stages: readonly StageSeen[]
  readonly chosen: Of<'clusters-chosen'>['edges']
  /** One for each epoch of each stage. */
  readonly collapse: readonly Of<'collapse-measured'>[]
  readonly stops: readonly Of<'stopped-early'>[]
  /** The cells that a random search has trained. */
  readonly candidates: readonly Of<'candidate-trained'>[]
  /** What would be derived now, or the result. */
  readonly genotype: Genotype | null
  readonly genotypeFinal: boolean
  readonly genotypes: readonly { readonly stage: StageNumber; readonly epoch: number; readonly genotype: Genotype }[]
  /** A training's network; its epochs are those of stage 1 in `stages`, which has no edges. */
  readonly network: Of<'network-built'> | null
  /** How the trained network does on the test images. */
  readonly test: Of<'test-measured'> | null
  readonly files: readonly RunFile[]
  readonly checkpoint: { readonly stage: StageNumber; readonly epoch: number } | null
}

export const NOTHING_SEEN: RunSeen = {
  state: 'QUEUED',
  failure: null,
  started: null,
  preparing: null,
  step: 0,
  steps: 0,
  etaSeconds: null,
  clusters: [],
  clustersOrigin: null,
  clusterings: [],
  depths: [],
  stages: [],
  chosen: [],
  collapse: [],
  stops: [],
  candidates: [],
  genotype: null,
  genotypeFinal: false,
  genotypes: [],
  network: null,
  test: null,
  files: [],
  checkpoint: null,
}

const inStage = (seen: RunSeen, number: StageNumber, change: (stage: StageSeen) => StageSeen): readonly StageSeen[] =>
  seen.stages.map((stage) => (stage.stage === number ? change(stage) : stage))

/** What there is to see after one more event. Pure: the same log gives the same view, whoever folds it. */
export function foldEvent(seen: RunSeen, event: EngineEvent | RunEvent): RunSeen {
  switch (event.type) {
    case 'started':
      return { ...seen, started: event, steps: event.steps, preparing: null }
    case 'preparing':
      return { ...seen, preparing: event.what, etaSeconds: event.etaSeconds ?? seen.etaSeconds }
    case 'operators-clustered':
      return {
        ...seen,
        clusters: event.clusters,
        clustersOrigin: event.origin,
        clusterings: [...seen.clusterings.filter((one) => one.cell !== event.cell), event],
      }
    case 'depth-matched':
      return { ...seen, depths: [...seen.depths.filter((one) => one.stage !== event.stage), event] }
    case 'stage-started': {
      const { type: _, ...facts } = event
      const fresh: StageSeen = { ...facts, done: [], shares: [] }
      return {
        ...seen,
        preparing: null,
        stages: [...seen.stages.filter((stage) => stage.stage !== event.stage), fresh],
      }
    }
    case 'step-finished':
      return { ...seen, preparing: null, step: Math.max(seen.step, event.step), etaSeconds: event.etaSeconds }
    case 'epoch-finished': {
      const { type: _, stage: number, ...epoch } = event
      return {
        ...seen,
        preparing: null,
        step: Math.max(seen.step, event.step),
        stages: inStage(seen, number, (stage) => ({ ...stage, done: [...stage.done, epoch] })),
      }
    }
    case 'shares-measured':
      return {
        ...seen,
        stages: inStage(seen, event.stage, (stage) => ({
          ...stage,
          shares: [...stage.shares, { epoch: event.epoch, shares: event.shares }],
        })),
      }
    case 'collapse-measured':
      return { ...seen, collapse: [...seen.collapse, event] }
    case 'stopped-early':
      return { ...seen, stops: [...seen.stops, event] }
    case 'candidate-trained':
      return { ...seen, candidates: [...seen.candidates, event] }
    case 'clusters-chosen':
      return { ...seen, chosen: event.edges }
    case 'genotype-derived':
      return {
        ...seen,
        genotype: event.genotype,
        genotypeFinal: event.final,
        genotypes: event.final
          ? seen.genotypes
          : [...seen.genotypes, { stage: event.stage, epoch: event.epoch, genotype: event.genotype }],
        etaSeconds: event.final ? 0 : seen.etaSeconds,
      }
    case 'network-built': {
      const { cells, channels, epochs, parameters, stepsPerEpoch, genotype } = event
      const stage = {
        stage: 1,
        cells,
        channels,
        epochs,
        parameters,
        stepsPerEpoch,
        edges: [],
        done: [],
        shares: [],
      } as const
      return { ...seen, preparing: null, network: event, genotype, genotypeFinal: true, stages: [stage] }
    }
    case 'test-measured':
      return { ...seen, test: event, etaSeconds: 0 }
    case 'files-written':
      return { ...seen, files: event.files }
    case 'checkpoint-written':
      return { ...seen, checkpoint: { stage: event.stage, epoch: event.epoch } }
    case 'state-changed':
      return { ...seen, state: event.state, failure: event.failure ?? null }
    case 'log-line':
      return seen
  }
}

export const foldEvents = (events: Iterable<EngineEvent | RunEvent>, from: RunSeen = NOTHING_SEEN): RunSeen => {
  let seen = from
  for (const event of events) seen = foldEvent(seen, event)
  return seen
}
