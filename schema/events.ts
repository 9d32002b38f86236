// Everything that can happen in a run: who reads this knows everything that can appear on the screen.
import { z } from 'zod'
import { failureSchema } from './error-codes.js'
import { genotypeSchema } from './genotype.js'
import { OPERATORS } from './operators.js'
import { RUN_STATES } from './run-state.js'
import { BACKEND_NAMES } from './settings.js'
import { CELL_KINDS } from './spaces.js'

const operator = z.enum(OPERATORS)

const cell = z.enum(CELL_KINDS)
/** 0: a supernet with all candidates, to measure clusters on; 1: StacNAS' first, or the only one; 2: its second; 3: Zero attention. */
export const stageNumberSchema = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
export type StageNumber = z.infer<typeof stageNumberSchema>
const stage = stageNumberSchema
const wholeNumber = z.number().int().min(0)

/** One edge of a supernet's cell and what it may choose; `from` and `to` number the cell's states, inputs first. */
export const edgeCandidatesSchema = z.object({
  cell,
  from: wholeNumber,
  to: wholeNumber,
  candidates: z.array(operator),
})
export type EdgeCandidates = z.infer<typeof edgeCandidatesSchema>

export const operatorClusterSchema = z.object({
  operators: z.array(operator).min(1),
  representative: operator,
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
/** The dendrogram: each merge joins two groups at a height (1 - rho); groups 0 to n-1 are the operators, n + i the outcome of merge i. */
const mergeSchema = z.object({ left: wholeNumber, right: wholeNumber, height: z.number() })
export type Merge = z.infer<typeof mergeSchema>
/** How alike candidates are: the correlation of their outputs over so many images, pooled over so many edges. */
export const correlationSchema = z.object({
  operators: z.array(operator),
  rho: z.array(z.array(z.number())),
  /** Pairs that no edge offers together: their rho of 0 is taken, not measured. Absent where there are none. */
  unseen: z.array(z.tuple([operator, operator])).optional(),
  images: wholeNumber,
  edges: wholeNumber,
})
export type Correlation = z.infer<typeof correlationSchema>
/**
 * Where a clustering was cut: the rule, the height (1 - rho) that it chose (null: k-means, or no operators joined), and what it
 * compared, clusters against score.
 */
const cutSchema = z.object({
  rule: z.enum(['silhouette', 'threshold', 'k-means']),
  height: z.number().nullable(),
  scores: z.array(z.object({ clusters: wholeNumber, silhouette: z.number() })),
})
export type ClusterCut = z.infer<typeof cutSchema>
/**
 * Which operators are alike. Given by hand, or measured, with what it was measured from. `cell` says which kind of cell it holds
 * for, where kinds were measured apart; null: both.
 */
const operatorsClustered = z.object({
  type: z.literal('operators-clustered'),
  origin: z.enum(['given', 'measured']),
  cell: cell.nullable(),
  clusters: z.array(operatorClusterSchema),
  correlation: correlationSchema.optional(),
  linkage: z.array(mergeSchema).optional(),
  cut: cutSchema.optional(),
})
/** Gradient confusion over all pairs of batches; see engine/complexity/confusion.ts. */
export const confusionSchema = z.object({
  pairs: wholeNumber,
  minCosine: z.number(),
  minInnerProduct: z.number(),
  lowCosine: z.number(),
  negativeShare: z.number(),
})
export type ConfusionSeen = z.infer<typeof confusionSchema>
const confusionAtDepthSchema = z.object({ cells: wholeNumber, confusion: confusionSchema })
/** How deep a stage's network is, and whether that was given or measured to match the final training: its confusion, and each depth's. */
const depthMatched = z.object({
  type: z.literal('depth-matched'),
  stage,
  cells: wholeNumber,
  origin: z.enum(['given', 'measured']),
  target: confusionAtDepthSchema.optional(),
  measured: z.array(confusionAtDepthSchema).optional(),
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
  /** Of trainings, where the epoch looked at the test images: after the epoch, by the weights that are handed out. */
  testLoss: z.number().optional(),
  testAccuracy: z.number().optional(),
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
/**
 * Whether the search is collapsing, by the cell it would derive and by its supernet, never by accuracy: skips among the edges
 * of the normal cell, mean share of `none`, mean entropy of the shares (1: all alike, 0: decided), dominant eigenvalue of the
 * Hessian of the loss to the logits where it was measured.
 */
const collapseMeasured = z.object({
  type: z.literal('collapse-measured'),
  stage,
  epoch: wholeNumber,
  step: wholeNumber,
  skips: wholeNumber,
  edges: wholeNumber,
  noneShare: z.number(),
  entropy: z.number(),
  eigenvalue: z.number().nullable(),
  verdict: z.enum(['healthy', 'warning', 'collapsed']),
  /** Why, one sentence each; empty when healthy. */
  reasons: z.array(z.string()),
  /** The epoch since when the verdict has not been healthy; null when it is. */
  since: wholeNumber.nullable(),
})
export type CollapseReport = z.infer<typeof collapseMeasured>
/** A stage ended before its last epoch; the logits of epoch `kept` decide. In a training (`patience`) its last weights do. */
const stoppedEarly = z.object({
  type: z.literal('stopped-early'),
  stage,
  epoch: wholeNumber,
  rule: z.enum(['eigenvalue', 'skips', 'ranking', 'patience']),
  reason: z.string(),
  kept: wholeNumber,
})
/** One cell of a random search was trained. Accuracy on the validation images, in [0, 1]; parameters of its network. */
const candidateTrained = z.object({
  type: z.literal('candidate-trained'),
  number: wholeNumber,
  of: wholeNumber,
  genotype: genotypeSchema,
  parameters: wholeNumber,
  validationAccuracy: z.number(),
  seconds: z.number(),
  best: z.boolean(),
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
/** A training's network, before its first step. Its epochs and steps are told as those of stage 1. */
const networkBuilt = z.object({
  type: z.literal('network-built'),
  genotype: genotypeSchema,
  cells: wholeNumber,
  channels: wholeNumber,
  epochs: wholeNumber,
  stepsPerEpoch: wholeNumber,
  /** Without the auxiliary head; multiply-adds of one image, convolutions and linear layers. */
  parameters: wholeNumber,
  multiplyAdds: wholeNumber,
  /** One for each class, from class 0. */
  classNames: z.array(z.string()),
  /** Files of the data that were left out, and why: one sentence each, at most 20, then how many more. */
  leftOut: z.array(z.string()),
})
/** A test image that was taken for something else. `picture`: the image as a PNG, base64. */
const mistakeSchema = z.object({
  /** Place among the test images; where it came from, if it is a file of its own. */
  index: wholeNumber,
  file: z.string().optional(),
  truth: wholeNumber,
  predicted: wholeNumber,
  /** Of the wrong class, in [0, 1]. */
  probability: z.number(),
  picture: z.string(),
})
export type Mistake = z.infer<typeof mistakeSchema>
/** How a trained network does on the test images, after its last epoch. */
const testMeasured = z.object({
  type: z.literal('test-measured'),
  epoch: wholeNumber,
  images: wholeNumber,
  loss: z.number(),
  accuracy: z.number(),
  /** The best test accuracy of any epoch and when it was: chosen by the test images, so no estimate of anything. */
  best: z.object({ epoch: wholeNumber, accuracy: z.number() }),
  /** [truth][predicted], counts; absent above 200 classes. */
  confusion: z.array(z.array(wholeNumber)).optional(),
  /** Pairs that were mixed up most often, at most 20, the most frequent first. */
  mixedUp: z.array(z.object({ truth: wholeNumber, predicted: wholeNumber, images: wholeNumber })),
  /** The surest wrong answers, at most 24, the surest first. */
  mistakes: z.array(mistakeSchema),
})
export type TestMeasured = z.infer<typeof testMeasured>
/** A file that a run leaves: `name` is its path within the run's folder of files, with `/` between its parts. */
export const runFileSchema = z.object({ name: z.string(), bytes: wholeNumber, mediaType: z.string() })
export type RunFile = z.infer<typeof runFileSchema>
/** What a run hands out: its genotype and drawing, and of a training the trained network. All of them, whole, under their final names. */
const filesWritten = z.object({ type: z.literal('files-written'), files: z.array(runFileSchema) })
const checkpointWritten = z.object({
  type: z.literal('checkpoint-written'),
  stage,
  epoch: wholeNumber,
  step: wholeNumber,
  bytes: wholeNumber,
})

/** What the engine tells and a run's log keeps: all but the steps, which are points. */
const kept = [
  started,
  preparing,
  operatorsClustered,
  depthMatched,
  stageStarted,
  epochFinished,
  sharesMeasured,
  clustersChosen,
  collapseMeasured,
  stoppedEarly,
  candidateTrained,
  genotypeDerived,
  networkBuilt,
  testMeasured,
  filesWritten,
  checkpointWritten,
] as const

/** What the engine tells. */
export const engineEventSchema = z.discriminatedUnion('type', [stepFinished, ...kept])
export type EngineEvent = z.infer<typeof engineEventSchema>

const stateChanged = z.object({
  type: z.literal('state-changed'),
  state: z.enum(RUN_STATES),
  failure: failureSchema.optional(),
})
const logLine = z.object({ type: z.literal('log-line'), level: z.enum(['info', 'warning', 'error']), text: z.string() })

/** What the log of a run holds: the engine's events without the steps, and what the server adds. */
export const runEventSchema = z.discriminatedUnion('type', [...kept, stateChanged, logLine])
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
