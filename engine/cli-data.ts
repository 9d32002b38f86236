// `data check`: what a data set holds, before anything is trained on it: classes, counts, sizes, colours, what is broken or there twice.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { DATASET_NAMES, DATASETS, type DatasetName } from '@cellboard/schema/datasets'
import { foldEvent, NOTHING_SEEN } from '@cellboard/schema/progress'
import { z } from 'zod'
import { checkFlags, describeFlags, flagsOf, readFlags } from './cli-flags.js'
import { jsonLine } from './cli-json.js'
import { progressLine } from './cli-progress.js'
import { UsageError } from './cli-usage-error.js'
import { checkPictures, type PicturesReport } from './data/own/check-pictures.js'
import { findImageNet, findOwn } from './data/own/find-own.js'
import type { FoundPictures, FoundPixels } from './data/own/found-pictures.js'
import type { Images } from './data/images.js'
import { loadDataset } from './data/sets/load.js'
import { numbered } from './data/open-training-data.js'

const dataSchema = z.object({
  size: z.number().int().min(1).max(1024).default(32).describe('Side to which pictures are brought to be measured'),
  json: z.boolean().default(false).describe('Print one line of JSON, with every name'),
  data: z.string().optional().describe('Folder with the data sets [CELLBOARD_DATA or ~/.cellboard/data]'),
  help: z.boolean().default(false).describe('Print this'),
})
const FLAGS = flagsOf(dataSchema)

export const dataHelp = () => `npx cellboard data check PATH [flags]

Looks at every picture of a folder (a folder a class; or train and test with such folders inside), of a .csv or a .npz, or of a data set by name
(${[...DATASET_NAMES, 'imagenet'].join(', ')}). Ends with code 1 where a file is broken.

${describeFlags(FLAGS)}`

/** Lines of a list that are printed one by one. */
const MOST_LINES = 20
/** Seconds between two lines of progress where the output is no terminal. */
const QUIET_SECONDS = 10

export async function data(args: readonly string[]): Promise<number> {
  const [action, path, ...rest] = args[0] === '--help' ? ['check', '--help'] : args
  if (action !== 'check')
    throw new UsageError(`Expected data check PATH, but received data ${action ?? ''}`.trimEnd() + '.')
  if (path === undefined || path.startsWith('--')) {
    if (path === '--help') return print(dataHelp())
    throw new UsageError('Expected the path of a folder, a .csv or a .npz after data check, or the name of a data set.')
  }
  const asked = checkFlags(dataSchema, readFlags(rest, FLAGS))
  if (asked.help) return print(dataHelp())
  const dataFolder = asked.data ?? process.env.CELLBOARD_DATA ?? join(homedir(), '.cellboard', 'data')
  const found = await find(path, dataFolder)
  const line = progressLine(process.stderr)
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.once('SIGINT', interrupt)
  let said = performance.now()
  try {
    const report = await checkPictures(found, asked.size, {
      signal: stop.signal,
      tell: (what, etaSeconds) => {
        const now = performance.now()
        if (!process.stderr.isTTY && now - said < QUIET_SECONDS * 1000) return
        said = now
        const event = { type: 'preparing', what, etaSeconds } as const
        line.show(foldEvent(NOTHING_SEEN, event), event)
      },
    })
    line.end()
    print(asked.json ? jsonLine({ path, size: asked.size, ...report }) : reportText(path, asked.size, report))
    return report.broken.length > 0 ? 1 : 0
  } catch (error) {
    if (!stop.signal.aborted) throw error
    return 130
  } finally {
    line.end()
    process.removeListener('SIGINT', interrupt)
  }
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

/** A data set by name, or what a path holds; a path that is there wins. */
async function find(path: string, dataFolder: string): Promise<FoundPictures> {
  if (!existsSync(path) && path === 'imagenet') return findImageNet(dataFolder)
  const name = DATASET_NAMES.find((one) => one === path)
  return existsSync(path) || !name ? findOwn(path) : named(name, dataFolder)
}

async function named(name: DatasetName, dataFolder: string): Promise<FoundPictures> {
  const { train, test } = await loadDataset(name, dataFolder)
  const { classNames, classes } = DATASETS[name]
  const part = ({ pixels, labels, size, channels }: Images): FoundPixels => ({
    ...{ kind: 'pixels', pixels, channels, width: size, height: size },
    labels: Int32Array.from(labels),
  })
  return { classNames: classNames ?? numbered(classes), train: part(train), test: part(test), notes: [] }
}

const digits = (values: readonly number[]) => values.map((value) => value.toFixed(4)).join(', ')
const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

export function reportText(path: string, size: number, report: PicturesReport): string {
  const { classes, train, test, sizes, channels, mean, deviation, broken, notes, copies } = report
  const width = Math.max(5, ...classes.map(({ name }) => name.length))
  const rows = classes.map(
    (one) => `  ${one.name.padEnd(width)}  ${String(one.train).padStart(8)}  ${String(one.test).padStart(8)}`,
  )
  const sides = sizes.map((one) => `${one.width}x${one.height}`)
  const [first] = sizes
  return [
    `${path}: ${plural(classes.length, 'class', 'classes')}, ${plural(train, 'training picture')}, ${test === 0 ? 'no test part' : plural(test, 'test picture')}.`,
    `  ${'class'.padEnd(width)}  ${'train'.padStart(8)}  ${'test'.padStart(8)}`,
    ...rows,
    sizes.length === 1
      ? `All are ${sides[0]} pixels, ${plural(channels, 'colour')}.`
      : `${plural(sizes.length, 'size')}, most often ${sides[0]} (${first?.count}), ${plural(channels, 'colour')}.`,
    `At ${size}x${size}: mean ${digits(mean)}, deviation ${digits(deviation)}.`,
    ...list(notes, 'Worth knowing'),
    ...list(broken, `${plural(broken.length, 'broken file')}, which a training leaves out`),
    ...list(
      copies.map((names) => names.slice(0, 4).join(' = ') + (names.length > 4 ? ` and ${names.length - 4} more` : '')),
      `${plural(copies.length, 'picture')} there more than once (at ${size}x${size})`,
    ),
  ]
    .join('\n')
    .concat('\n')
}

function list(lines: readonly string[], title: string): string[] {
  if (lines.length === 0) return []
  const more = lines.length > MOST_LINES ? [`  and ${lines.length - MOST_LINES} more; --json names them all`] : []
  return [`${title}:`, ...lines.slice(0, MOST_LINES).map((line) => `  ${line}`), ...more]
}
