// `search`: one search in this process, its events as lines of JSON for programs or as a progress line for people.
import type { EngineEvent } from '@cellboard/schema/events'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { foldEvent, NOTHING_SEEN } from '@cellboard/schema/progress'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { z } from 'zod'
import { checkFlags, describeFlags, flagsOf, readFlags } from './cli-flags.js'
import { baselineOf, groupText, searchGroup, type TellSeed } from './cli-group.js'
import { dataFlag, dataFolderOf } from './cli-data-folder.js'
import { jsonLine, writeJson } from './cli-json.js'
import { progressLine, type ProgressLine } from './cli-progress.js'
import { seedsFlag, seedsOf } from './cli-seeds.js'
import { untilStopped } from './cli-signals.js'
import { UsageError } from './cli-usage-error.js'

const optionsSchema = z.object({
  seeds: seedsFlag('Search once with each of these seeds, 1,2,3, and say what they found'),
  randomBaseline: z
    .boolean()
    .default(false)
    .describe(
      'Let random search work as long beside each seed, and train what the searches found as it trains its cells',
    ),
  baselineEpochs: z.number().int().min(1).max(10_000).default(3).describe('Epochs of that training'),
  json: z.boolean().default(false).describe('Print every event as a line of JSON'),
  checkpoint: z.string().optional().describe('Folder to keep a checkpoint in, and to go on from'),
  out: z
    .string()
    .min(1)
    .optional()
    .describe('Folder to leave genotype, drawings and card in; of several seeds one each'),
  data: dataFlag,
  help: z.boolean().default(false).describe('Print this'),
})
const FLAGS = [...flagsOf(searchSettingsSchema), ...flagsOf(optionsSchema)]

export const searchHelp = () => `npx cellboard search [flags]

The found genotype is printed to standard output, progress to standard error. With --json every event is a line on standard
output, from "started" to the final "genotype-derived", with --out "files-written" (of several seeds each with its seed, and "group-finished" last); numbers that JSON lacks are the strings "NaN", "Infinity", "-Infinity".
Ctrl-C stops the search (exit code 130); with --checkpoint the same command goes on later.

${describeFlags(FLAGS)}`

export async function search(args: readonly string[]): Promise<number> {
  const values = readFlags(args, FLAGS)
  const { json, checkpoint, data, help, out, seeds, randomBaseline, baselineEpochs } = checkFlags(optionsSchema, values)
  if (help) {
    process.stdout.write(searchHelp())
    return 0
  }
  const settings = resolveSettings(checkFlags(searchSettingsSchema, values))
  const several = seeds !== undefined || randomBaseline
  if (several && checkpoint !== undefined)
    throw new UsageError(
      'Expected --checkpoint with one search alone: a group of seeds has no one place to go on from.',
    )
  const baseline = randomBaseline
    ? resolveSettings(checkFlags(searchSettingsSchema, baselineOf(values, baselineEpochs)))
    : null
  const line = json ? null : progressLine(process.stderr)
  const work = async (signal: AbortSignal) => {
    try {
      const engine = await import('./index.js')
      const options = { dataFolder: dataFolderOf(data), checkpointFolder: checkpoint, filesFolder: out, signal }
      if (several) {
        const asked = seedsOf(seeds, settings.seed)
        const outcome = await searchGroup(settings, asked, baseline, options, line ? showSeeds(line) : tellSeeds)
        line?.end()
        process.stdout.write(json ? jsonLine({ type: 'group-finished', ...outcome }) : groupText(outcome))
        return 0
      }
      const events = engine.search(settings, options)
      await (line ? tellPeople(events, line) : tellPrograms(events))
      return 0
    } finally {
      line?.end()
    }
  }
  return untilStopped(work, checkpoint ? { hint: 'The same command goes on from the checkpoint.' } : {})
}

const tellPrograms = async (events: AsyncIterable<EngineEvent>): Promise<void> => {
  for await (const event of events) await writeJson(event)
}

const tellSeeds: TellSeed = (event, seed) => writeJson({ seed, ...event })

/** One search after the other; each begins its progress anew. */
function showSeeds(line: ProgressLine): TellSeed {
  let seen = NOTHING_SEEN
  return (event, seed) => {
    if (event.type === 'started') {
      seen = NOTHING_SEEN
      line.say(`Seed ${seed}:`)
    }
    seen = foldEvent(seen, event)
    line.show(seen, event)
  }
}

async function tellPeople(events: AsyncIterable<EngineEvent>, line: ProgressLine): Promise<void> {
  let seen = NOTHING_SEEN
  for await (const event of events) {
    seen = foldEvent(seen, event)
    line.show(seen, event)
  }
  line.end()
  if (seen.genotype) process.stdout.write(`${genotypeText(seen.genotype)}\n`)
}
