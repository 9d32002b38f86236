// `cluster`: which operators are alike, alone: trains a supernet with all candidates, measures it, and shows what comes out.
import type { ClusterCut, EngineEvent } from '@cellboard/schema/events'
import { foldEvent, NOTHING_SEEN, type RunSeen } from '@cellboard/schema/progress'
import { resolveSettings, searchSettingsSchema, type ResolvedSearchSettings } from '@cellboard/schema/settings'
import { spaceOf } from '@cellboard/schema/space-of'
import type { CellKind } from '@cellboard/schema/spaces'
import { z } from 'zod'
import { correlationText, dendrogramText } from './cli-dendrogram.js'
import { dataFlag, dataFolderOf } from './cli-data-folder.js'
import { checkFlags, describeFlags, flagsOf, readFlags } from './cli-flags.js'
import { jsonLine } from './cli-json.js'
import { progressLine } from './cli-progress.js'
import { seedsFlag, seedsOf } from './cli-seeds.js'
import { UsageError } from './cli-usage-error.js'
import { stability } from './clustering/rand-index.js'

const optionsSchema = z.object({
  seeds: seedsFlag('Measure with each of these seeds, 1,2,3, and say how far they agree'),
  json: z.boolean().default(false).describe('Print the result as one line of JSON'),
  data: dataFlag,
  help: z.boolean().default(false).describe('Print this'),
})
const FLAGS = [...flagsOf(searchSettingsSchema), ...flagsOf(optionsSchema)]

export const clusterHelp = () => `npx cellboard cluster [flags]

Trains a supernet with all candidates for --clustering-epochs and measures how alike their outputs are: correlations, dendrogram, cut and
clusters are printed to standard output, progress to standard error. Settings are those of a search; --clustering is average-linkage
where nothing is said.

${describeFlags(FLAGS)}`

type Clustered = Extract<EngineEvent, { type: 'operators-clustered' }>

/** What a seed gave. */
interface SeedResult {
  readonly seed: number
  readonly seconds: number
  /** One, or one for each kind of cell. */
  readonly clusterings: readonly Clustered[]
}

export async function cluster(args: readonly string[]): Promise<number> {
  const values = readFlags(args, FLAGS)
  const { seeds, json, data, help } = checkFlags(optionsSchema, values)
  if (help) {
    process.stdout.write(clusterHelp())
    return 0
  }
  const settings = resolveSettings(checkFlags(searchSettingsSchema, { clustering: 'average-linkage', ...values }))
  if (settings.clustering === 'given')
    throw new UsageError('Expected --clustering average-linkage or k-means: clusters that are given need no measuring.')
  const dataFolder = dataFolderOf(data)
  const asked = seedsOf(seeds, settings.seed)
  const results: SeedResult[] = []
  for (const seed of asked) {
    const result = await clusterWith({ ...settings, seed }, dataFolder, asked.length - results.length - 1)
    if (!json) process.stdout.write(result.clusterings.map((one) => clusteringText(seed, one)).join('\n'))
    results.push(result)
  }
  const agreement = agreementOver(results)
  if (json) process.stdout.write(jsonLine({ seeds: results, stability: agreement }))
  else process.stdout.write(agreement.map((one) => agreementText(one, asked)).join(''))
  return 0
}

/** One seed, with its progress; `later` seeds come after it. A search that is left as soon as it knows its clusters. */
async function clusterWith(settings: ResolvedSearchSettings, dataFolder: string, later: number): Promise<SeedResult> {
  const { search } = await import('./index.js')
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  const wanted = settings.clusteringEdges === 'cell-kind' ? spaceOf(settings).cellKinds.length : 1
  const line = progressLine(process.stderr)
  const clusterings: Clustered[] = []
  let seen = NOTHING_SEEN
  try {
    for await (const told of search(settings, { dataFolder })) {
      const event = withLater(ofStageZero(told, settings, seen), elapsed(), later)
      seen = foldEvent(seen, event)
      line.show(seen, event)
      if (event.type === 'operators-clustered') clusterings.push(event)
      if (clusterings.length === wanted) break
    }
    return { seed: settings.seed, seconds: elapsed(), clusterings }
  } finally {
    line.end()
  }
}

/** Steps and seconds left of stage 0 alone, where the search counts its other stages too. */
function ofStageZero(event: EngineEvent, settings: ResolvedSearchSettings, seen: RunSeen): EngineEvent {
  if (event.type === 'started')
    return { ...event, steps: settings.clusteringEpochs * Math.floor(event.dataset.train / settings.batch) }
  if (event.type !== 'step-finished' || event.etaSeconds === null) return event
  return { ...event, etaSeconds: event.metrics['step-seconds']! * (seen.steps - event.step) }
}

/** The seconds left with those of later seeds, each taking as long as this one. */
const withLater = (event: EngineEvent, elapsed: number, later: number): EngineEvent =>
  'etaSeconds' in event && event.etaSeconds !== null
    ? { ...event, etaSeconds: event.etaSeconds + later * (elapsed + event.etaSeconds) }
    : event

interface Agreement {
  readonly cell: CellKind | null
  /** Mean over all pairs of seeds. */
  readonly adjustedRandIndex: number
}

function agreementOver(results: readonly SeedResult[]): Agreement[] {
  if (results.length < 2) return []
  return results[0]!.clusterings.map(({ cell }, i) => {
    const groups = results.map((result) => result.clusterings[i]!.clusters.map(({ operators }) => operators))
    return { cell, adjustedRandIndex: stability(groups) }
  })
}

const ofCells = (cell: CellKind | null) => (cell ? `, ${cell} cells` : '')

const agreementText = ({ cell, adjustedRandIndex }: Agreement, seeds: readonly number[]) =>
  `Seeds ${seeds.join(', ')}${ofCells(cell)} agree with a mean adjusted Rand index of ${adjustedRandIndex.toFixed(2)} (1: the same clusters)\n`

function clusteringText(seed: number, { cell, clusters, correlation, linkage, cut }: Clustered): string {
  const { operators, images, edges } = correlation!
  return `Seed ${seed}${ofCells(cell)}: correlation of outputs, mean over ${edges} edges, ${images} images

${correlationText(correlation!)}

${dendrogramText(operators, linkage!)}

${cutText(cut!)}
--clusters "${clusters.map((one) => one.operators.join(',')).join(';')}"
`
}

/** "silhouette: cut at 0.41, between ..." and what was compared. */
function cutText({ rule, height, scores }: ClusterCut): string {
  const where = height === null ? '' : ` at ${height.toFixed(2)}`
  const compared = scores.map(({ clusters, silhouette }) => `${clusters}: ${silhouette.toFixed(2)}`).join(', ')
  return `Clusters by ${rule}${where}${compared ? `; silhouettes by number of clusters: ${compared}` : ''}`
}
