// `predict`: what a trained network sees on pictures.
import type { Failure } from '@cellboard/schema/error-codes'
import { z } from 'zod'
import { checkFlags, describeFlags, flagsOf, readFlags, type Flag } from './cli-flags.js'
import { jsonLine } from './cli-json.js'
import { UsageError } from './cli-usage-error.js'
import { EngineError } from './errors.js'

const predictSchema = z.object({
  model: z.string().min(1).optional().describe('The folder that a training left, or its model.json'),
  top: z.number().int().min(1).max(100_000).default(5).describe('Classes to name, the likeliest first'),
  json: z.boolean().default(false).describe('Print one line of JSON'),
  help: z.boolean().default(false).describe('Print this'),
})
const FLAGS = flagsOf(predictSchema)

const predictHelp = () => `npx cellboard predict --model DIR [flags] PICTURE [PICTURE ...]

Prints the likeliest classes of each picture with their probabilities. Pictures (JPEG, PNG, WebP, GIF, TIFF, AVIF) of any size are
brought to the network's, as its test images were: the shorter side first, then the middle. One that is no picture is told and left out
(exit code 1).

${describeFlags(FLAGS)}`

/** What was seen on a picture, or why nothing was. */
type Seen =
  | { readonly file: string; readonly classes: readonly { readonly name: string; readonly probability: number }[] }
  | { readonly file: string; readonly problem: Failure }

export async function predict(args: readonly string[]): Promise<number> {
  const { flags, files } = apart(args, FLAGS)
  const asked = checkFlags(predictSchema, readFlags(flags, FLAGS))
  if (asked.help) {
    process.stdout.write(predictHelp())
    return 0
  }
  if (asked.model === undefined) throw new UsageError('Expected --model DIR: which network shall look?')
  if (files.length === 0) throw new UsageError('Expected at least one picture after the flags.')
  const seen = await look(asked.model, files, asked.top)
  if (asked.json) process.stdout.write(jsonLine({ pictures: seen }))
  else seen.forEach(tellPeople)
  return seen.some((one) => 'problem' in one) ? 1 : 0
}

/** Flags with their values, and what is left: the pictures. */
function apart(args: readonly string[], known: readonly Flag[]): { flags: string[]; files: string[] } {
  const flags: string[] = []
  const files: string[] = []
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    if (word === '--') return { flags, files: [...files, ...args.slice(i + 1)] }
    if (!word.startsWith('--')) {
      files.push(word)
      continue
    }
    flags.push(word)
    const flag = known.find(({ name }) => word === `--${name}`)
    if (flag && flag.kind !== 'boolean' && i + 1 < args.length) flags.push(args[++i]!)
  }
  return { flags, files }
}

async function look(path: string, files: readonly string[], top: number): Promise<Seen[]> {
  const { pickBackend } = await import('./backend/pick.js')
  const [{ wasm }, { cpu }] = await Promise.all([import('./backend/wasm.js'), import('./backend/cpu.js')])
  // A few pictures are done before TensorFlow would have started.
  await pickBackend('auto', [wasm, cpu])
  const { loadModel } = await import('./export/load-model.js')
  const { decodeStill } = await import('./data/own/decode.js')
  const model = await loadModel(path)
  const { channels, classNames } = model.facts
  const seen: Seen[] = []
  for (const file of files) {
    const picture = await decodeStill(file, model.facts).catch(problemOf)
    if ('code' in picture) {
      seen.push({ file, problem: picture })
      continue
    }
    const { bytes: rgb } = picture
    const probabilities = await model.predict(channels === 1 ? greyOf(rgb) : Float32Array.from(rgb))
    const classes = classNames.map((name, i) => ({ name, probability: probabilities[i]! }))
    seen.push({ file, classes: classes.sort((a, b) => b.probability - a.probability).slice(0, top) })
  }
  model.dispose()
  return seen
}

function problemOf(error: unknown): Failure {
  if (!(error instanceof EngineError)) throw error
  return error.failure
}

/** Luminance of ITU-R BT.601, which leaves grey pictures as they are. */
const greyOf = (rgb: Uint8Array): Float32Array =>
  Float32Array.from({ length: rgb.length / 3 }, (_, i) =>
    Math.round(0.299 * rgb[3 * i]! + 0.587 * rgb[3 * i + 1]! + 0.114 * rgb[3 * i + 2]!),
  )

function tellPeople(seen: Seen): void {
  if ('problem' in seen) {
    process.stderr.write(`${seen.problem.message}\n${seen.problem.hint}\n`)
    return
  }
  const rows = seen.classes.map(({ name, probability }) => `${(100 * probability).toFixed(2).padStart(8)} %  ${name}\n`)
  process.stdout.write(`${seen.file}\n${rows.join('')}`)
}
