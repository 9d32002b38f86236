// `train`: the network of a genotype from scratch, with one seed or several; or what that would cost.
import { join } from 'node:path'
import type { EngineEvent, TestMeasured } from '@cellboard/schema/events'
import { foldEvent, NOTHING_SEEN } from '@cellboard/schema/progress'
import { resolveTrainingSettings, trainingSettingsSchema, type ResolvedTrainingSettings } from '@cellboard/schema/training-settings' // prettier-ignore
import { z } from 'zod'
import { dataFlag, dataFolderOf } from './cli-data-folder.js'
import { checkFlags, describeFlags, flagsOf, readFlags } from './cli-flags.js'
import { jsonLine, writeJson } from './cli-json.js'
import { progressLine, timeInWords } from './cli-progress.js'
import { seedsFlag, seedsOf } from './cli-seeds.js'
import { untilStopped } from './cli-signals.js'
import type { TrainingCost, TrainOptions } from './index.js'
import { meanAndDeviation } from './mean-and-deviation.js'
import { parseGenotype } from './space/parse-genotype.js'

const optionsSchema = z.object({
  seeds: seedsFlag('Train once with each of these seeds, 1,2,3; files of each are left in its own folder'),
  out: z.string().min(1).optional().describe('Folder to leave the trained network in; it is written as a whole'),
  cost: z.boolean().default(false).describe('Measure a few steps, print what the training would cost, and stop'),
  json: z.boolean().default(false).describe('Print every event as a line of JSON'),
  checkpoint: z.string().min(1).optional().describe('Folder to keep a checkpoint in, and to go on from'),
  data: dataFlag,
  help: z.boolean().default(false).describe('Print this'),
})
const FLAGS = [...flagsOf(trainingSettingsSchema), ...flagsOf(optionsSchema)]

const trainHelp = () => `npx cellboard train --genotype NAME [flags]

Trains the network of a genotype and prints its test accuracy after the last epoch; progress goes to standard error. With --json
every event is a line on standard output (of several seeds each with its seed, and "group-finished" last). Ctrl-C stops the
training (exit code 130); with --checkpoint the same command goes on from the step it was stopped at.
What is not given is filled in from the preset.

${describeFlags(FLAGS)}`

/** Long enough for the step under way to end and be kept. */
const CHECKPOINT_GRACE_MS = 60_000

type Tell = (event: EngineEvent, seed: number) => Promise<void> | void

interface SeedResult {
  readonly seed: number
  readonly measured: TestMeasured
}

export async function trainCommand(args: readonly string[]): Promise<number> {
  const values = readFlags(args, FLAGS)
  const asked = checkFlags(optionsSchema, values)
  const { json, checkpoint, help } = asked
  if (help) {
    process.stdout.write(trainHelp())
    return 0
  }
  const given = checkFlags(trainingSettingsSchema, values)
  const settings = resolveTrainingSettings(given, parseGenotype(given.genotype).space)
  const kept = { hint: 'The same command goes on from the checkpoint.', graceMs: CHECKPOINT_GRACE_MS }
  return untilStopped(
    async (signal) => {
      const engine = await import('./index.js')
      const dataFolder = dataFolderOf(asked.data)
      if (asked.cost) {
        const cost = await engine.trainingCost(settings, { dataFolder, signal })
        process.stdout.write(json ? jsonLine(cost) : costText(cost))
        return 0
      }
      const line = json ? null : progressLine(process.stderr)
      try {
        const seeds = seedsOf(asked.seeds, settings.seed)
        const several = asked.seeds !== undefined
        const tell = line ? showSeeds(line, several) : several ? tellSeeds : writeJson
        const results: SeedResult[] = []
        const place = (folder: string | undefined, seed: number) =>
          folder !== undefined && several ? join(folder, `seed-${seed}`) : folder
        for (const seed of seeds) {
          const folders = { filesFolder: place(asked.out, seed), checkpointFolder: place(checkpoint, seed) }
          results.push(await trainSeed({ ...settings, seed }, { dataFolder, signal, ...folders }, tell))
        }
        line?.end()
        const group = several ? summary(results) : null
        if (group && asked.out) await (await import('./training/group-card.js')).writeGroupCard(asked.out, seeds)
        if (json && group) await writeJson({ type: 'group-finished', ...group })
        if (!json) process.stdout.write(endText(results, group, asked.out))
        return 0
      } finally {
        line?.end()
      }
    },
    checkpoint ? kept : {},
  )
}

async function trainSeed(settings: ResolvedTrainingSettings, options: TrainOptions, tell: Tell): Promise<SeedResult> {
  const { train } = await import('./index.js')
  let measured: TestMeasured | null = null
  for await (const event of train(settings, options)) {
    await tell(event, settings.seed)
    if (event.type === 'test-measured') measured = event
  }
  return { seed: settings.seed, measured: measured! }
}

const tellSeeds: Tell = (event, seed) => writeJson({ seed, ...event })

function showSeeds(line: ReturnType<typeof progressLine>, several: boolean): Tell {
  let seen = NOTHING_SEEN
  return (event, seed) => {
    if (event.type === 'started') {
      seen = NOTHING_SEEN
      if (several) line.say(`Seed ${seed}:`)
    }
    seen = foldEvent(seen, event)
    line.show(seen, event)
  }
}

const summary = (results: readonly SeedResult[]) => ({
  accuracy: meanAndDeviation(results.map(({ measured }) => measured.accuracy)),
  seeds: results.map(({ seed, measured }) => ({ seed, accuracy: measured.accuracy, best: measured.best })),
})

const percent = (share: number) => `${(100 * share).toFixed(2)} %`
const number = (value: number) => value.toLocaleString('en')

function endText(
  results: readonly SeedResult[],
  group: ReturnType<typeof summary> | null,
  out: string | undefined,
): string {
  const rows = results.map(({ seed, measured: { accuracy, images, epoch, best } }) =>
    [
      group ? `Seed ${seed}: test accuracy` : 'Test accuracy',
      `${percent(accuracy)} of ${number(images)} images after epoch ${epoch}`,
      `(best: ${percent(best.accuracy)} after epoch ${best.epoch}, chosen by these images: no estimate)`,
    ].join(' '),
  )
  const spread = group
    ? [
        `Mean ${percent(group.accuracy.mean)}, deviation ${percent(group.accuracy.deviation)} over ${results.length} seeds`,
      ]
    : []
  return [...rows, ...spread, ...(out ? [`Files: ${out}`] : [])].join('\n').concat('\n')
}

function costText(cost: TrainingCost): string {
  const { backend, parameters, multiplyAdds, memoryBytes, stepsPerEpoch, steps, stepSeconds, hours } = cost
  return [
    `Parameters      ${number(parameters)} (without the auxiliary head)`,
    `Multiply-adds   ${number(multiplyAdds)} an image (convolutions and linear layers; a multiplication with its addition counts once)`,
    `Memory          about ${(memoryBytes / 1e9).toFixed(2)} GB`,
    `Steps           ${number(steps)}, ${number(stepsPerEpoch)} an epoch`,
    `Step            ${stepSeconds.toPrecision(3)} s on ${backend.name} ${backend.version}, ${backend.device}`,
    `Whole training  about ${timeInWords(3600 * hours)}, looks at validation and test images included`,
  ]
    .join('\n')
    .concat('\n')
}
