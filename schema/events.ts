// Everything that can happen in a run: who reads this knows everything that can appear on the screen.
import { z } from 'zod'
import { failureSchema } from './error-codes.js'
import { genotypeSchema } from './genotype.js'
import { operatorSchema } from './operators.js'
import { runStateSchema } from './run-state.js'
import { BACKEND_NAMES } from './settings.js'
import { CELL_KINDS } from './spaces.js'

const cell = z.enum(CELL_KINDS)
const stage = z.union([z.literal(1), z.literal(2)])
const wholeNumber = z.number().int().min(0)

/** One edge of a supernet's cell and what it may choose; `from` and `to` number the cell's states, inputs first. */
export const edgeCandidatesSchema = z.object({
  cell,
  from: wholeNumber,
  to: wholeNumber,
  candidates: z.array(operatorSchema),
})
export type EdgeCandidates = z.infer<typeof edgeCandidatesSchema>

export const operatorClusterSchema = z.object({
  operators: z.array(operatorSchema).min(1),
  representative: operatorSchema,
})
export type OperatorCluster = z.infer<typeof operatorClusterSchema>

/** The engine began, or took a run up again from its checkpoint after epoch `resumedFrom.epoch`. */
const started = z.object({
  type: z.literal('started'),
  backend: z.object({ name: z.enum(BACKEND_NAMES), version: z.string(), device: z.string() }),
  /** Why a faster backend is not used, in one sentence; empty when the fastest is. */
  backendNote: z.string(),
  dataset: z.object({
    train: wholeNumber,
    validation: wholeNumber,
    size: wholeNumber,
    channels: wholeNumber,
    classes: wholeNumber,
  }),
  /** Steps in all stages together: what `step-finished.step` counts up to. */
  steps: wholeNumber,
  resumedFrom: z.object({ stage, epoch: wholeNumber, step: wholeNumber }).optional(),
})
/** Which operators are alike. Given by hand here; measured ones add their correlations (0 on no edge, so -1 to 1). */
const operatorsClustered = z.object({
  type: z.literal('operators-clustered'),
  origin: z.enum(['given', 'measured']),
  clusters: z.array(operatorClusterSchema),
  correlation: z
    .object({ operators: z.array(operatorSchema), rho: z.array(z.array(z.number())), images: wholeNumber })
    .optional(),
})
/** How deep a stage's network is, and whether that was given or measured to match the final training. */
const depthMatched = z.object({
  type: z.literal('depth-matched'),
  stage,
  cells: wholeNumber,
  origin: z.enum(['given', 'measured']),
})
const stageStarted = z.object({
  type: z.literal('stage-started'),
  stage,
  cells: wholeNumber,
  channels: wholeNumber,
  epochs: wholeNumber,
  /** Weights of the supernet, architecture logits not counted. */
  parameters: wholeNumber,
  stepsPerEpoch: wholeNumber,
  /** Normal cells first, then reduction cells; within a cell node by node, sources ascending. */
  edges: z.array(edgeCandidatesSchema),
})
/** What a slow preparation is at: proving a backend, capturing a step. Seconds; eta null when unknown. */
const preparing = z.object({ type: z.literal('preparing'), what: z.string(), etaSeconds: z.number().nullable() })
/** One optimisation step. Metrics are numbers by name and may be NaN or infinite. */
const stepFinished = z.object({
  type: z.literal('step-finished'),
  stage,
  /** Epoch of the stage, from 1. */
  epoch: wholeNumber,
  /** Step of the whole search, from 1, through all stages. */
  step: wholeNumber,
  metrics: z.record(z.string(), z.number()),
  etaSeconds: z.number().nullable(),
})
const epochFinished = z.object({
  type: z.literal('epoch-finished'),
  stage,
  epoch: wholeNumber,
  step: wholeNumber,
  /** Means over the epoch; accuracies in [0, 1]. */
  trainLoss: z.number(),
  trainAccuracy: z.number(),
  validationLoss: z.number().optional(),
  validationAccuracy: z.number().optional(),
  seconds: z.number(),
})
/** softmax(alpha) of every edge, in the order of stage-started's edges and candidates. */
const sharesMeasured = z.object({
  type: z.literal('shares-measured'),
  stage,
  epoch: wholeNumber,
  step: wholeNumber,
  shares: z.array(z.array(z.number())),
})
/** Stage 1's outcome: the cluster each edge goes on with. */
const clustersChosen = z.object({
  type: z.literal('clusters-chosen'),
  edges: z.array(z.object({ cell, from: wholeNumber, to: wholeNumber, cluster: wholeNumber, share: z.number() })),
})
/** What would be derived now (`final` false, once an epoch), or the result (`final` true, the last event of a search). */
const genotypeDerived = z.object({
  type: z.literal('genotype-derived'),
  stage,
  epoch: wholeNumber,
  final: z.boolean(),
  genotype: genotypeSchema,
})
const checkpointWritten = z.object({
  type: z.literal('checkpoint-written'),
  stage,
  epoch: wholeNumber,
  step: wholeNumber,
  bytes: wholeNumber,
})

/** What the engine tells, in the order it happens. */
export const engineEventSchema = z.discriminatedUnion('type', [
  started,
  preparing,
  operatorsClustered,
  depthMatched,
  stageStarted,
  stepFinished,
  epochFinished,
  sharesMeasured,
  clustersChosen,
  genotypeDerived,
  checkpointWritten,
])
export type EngineEvent = z.infer<typeof engineEventSchema>

const stateChanged = z.object({
  type: z.literal('state-changed'),
  state: runStateSchema,
  failure: failureSchema.optional(),
})
const logLine = z.object({ type: z.literal('log-line'), level: z.enum(['info', 'warning', 'error']), text: z.string() })

/** What the log of a run holds: the engine's events without the steps (those are points) and what the server adds. */
export const runEventSchema = z.discriminatedUnion('type', [
  started,
  preparing,
  operatorsClustered,
  depthMatched,
  stageStarted,
  epochFinished,
  sharesMeasured,
  clustersChosen,
  genotypeDerived,
  checkpointWritten,
  stateChanged,
  logLine,
])
export type RunEvent = z.infer<typeof runEventSchema>
export type RunEventType = RunEvent['type']

/** A logged event with its number: 1, 2, 3 within the run, shared with batches of points. */
export interface NumberedEvent {
  readonly number: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly event: RunEvent
}

/** Points of one metric, as columns of equal length, logged under one number. */
export interface PointColumns {
  readonly number: number
  readonly metric: string
  readonly steps: Float64Array
  readonly values: Float64Array
}
