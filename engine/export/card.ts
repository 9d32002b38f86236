// What one must know of a network that is handed out, or of a cell that was found: a card for programs and one for people.
import type { ModelFormat } from '@cellboard/schema/training-settings'

/** A cell of which nothing more is known. */
export interface GenotypeCard {
  /** `genotypeText` of it. */
  readonly genotype: string
  /** The engine's version. */
  readonly engine: string
  /** When it was written, ISO 8601. */
  readonly created: string
}

/** How a run came to what it hands out. */
export interface RunCard extends GenotypeCard {
  /** All settings of the run, as resolved. */
  readonly settings: Readonly<Record<string, unknown>>
  /** The data that was learned from; `source` says where it comes from and under which licence. */
  readonly data: { readonly title: string; readonly source: string; readonly trainImages: number; readonly testImages: number } // prettier-ignore
  /** That it took; null where it was taken up again and what came before is not known. */
  readonly seconds: number | null
  /** As `started` names them. */
  readonly backend: string
  readonly device: string
}

export interface ModelCard extends RunCard {
  readonly seconds: number
  /** Without the auxiliary head. */
  readonly parameters: number
  /** Of one image: convolutions and linear layers, a multiplication with its addition counted once. */
  readonly multiplyAdds: number
  /** On the test images, in [0, 1]. */
  readonly accuracy: Accuracy
}

export interface Accuracy {
  /** After the last epoch: the result. */
  readonly last: number
  /** The best of any epoch: chosen by the test images, so no estimate of anything. */
  readonly best: { readonly epoch: number; readonly accuracy: number }
  /** Last accuracies of runs that differ in nothing but the seed; null where there is one run. */
  readonly seeds: { readonly mean: number; readonly deviation: number; readonly runs: number } | null
}

/** What is read of a network that was handed out before one puts images in. */
export const CONVENTIONS = {
  input: 'images: float32 [n, size, size, channels], pixels from 0 to 255, n free; they are normalised inside',
  outputs: 'logits and probabilities: float32 [n, classes]',
  multiplyAdds: 'of one image, convolutions and linear layers; one multiplication and one addition count as one',
  accuracy: 'share of the test images, after the last epoch; the best epoch was chosen by the test images',
} as const

type Card = GenotypeCard | RunCard | ModelCard
const isModel = (card: Card): card is ModelCard => 'parameters' in card
const isOfRun = (card: Card): card is RunCard => 'data' in card

/** card.json: the card as it is, with what its numbers mean. */
export const cardJson = (card: Card): string =>
  `${JSON.stringify(isModel(card) ? { ...card, conventions: CONVENTIONS } : card, null, 2)}\n`

const percent = (share: number) => `${(100 * share).toFixed(2)} %`
const number = (value: number) => value.toLocaleString('en')
const duration = (seconds: number) => {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${seconds.toFixed(1)} s`
}

function accuracyRows({ last, best, seeds }: Accuracy): [string, string][] {
  const spread = seeds
    ? `${percent(seeds.mean)} ± ${percent(seeds.deviation)} over ${seeds.runs} seeds (mean, standard deviation)`
    : 'one seed: its spread is not known'
  return [
    ['Test accuracy, last epoch', percent(last)],
    ['Over seeds', spread],
    ['Best epoch', `${percent(best.accuracy)} in epoch ${best.epoch}, chosen by the test images: no estimate`],
  ]
}

/** A table's cell: one line, with nothing that ends it early. */
const plain = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const table = (head: readonly [string, string], rows: readonly (readonly [string, string])[]) =>
  [head, ['---', '---'], ...rows].map(([name, value]) => `| ${plain(name)} | ${plain(value)} |\n`).join('')

const FORMAT_TEXTS: Readonly<Record<ModelFormat, string>> = {
  tensorflowjs: '`model.json` and `weights.bin`: TensorFlow.js, `tf.loadGraphModel`',
  'saved-model': '`saved-model/`: TensorFlow, `tf.saved_model.load`',
  onnx: '`model.onnx`: ONNX',
}

/** card.md: the same for people. */
export function cardText(card: Card, formats: readonly ModelFormat[] = []): string {
  const facts: [string, string][] = [
    ...(isOfRun(card) ? dataRows(card) : []),
    ...(isModel(card) ? modelRows(card) : []),
    ...(isOfRun(card) ? workRows(card) : []),
    ['Written by', `Cellboard ${card.engine}, ${card.created}`],
  ]
  const use = formats.map((format) => `- ${FORMAT_TEXTS[format]}\n`).join('')
  return [
    `# ${titleOf(card)}\n`,
    table(['What', 'Value'], facts),
    ...(isModel(card) ? [`## Use\n`, `${use}- input: ${CONVENTIONS.input}\n- outputs: ${CONVENTIONS.outputs}\n`] : []),
    `## Genotype\n`,
    `\`\`\`\n${card.genotype}\n\`\`\`\n`,
    ...(isOfRun(card) ? [`## Settings\n`, table(['Setting', 'Value'], settingRows(card))] : []),
  ].join('\n')
}

function titleOf(card: Card): string {
  if (isModel(card)) return `A network trained on ${card.data.title}`
  return isOfRun(card) ? `A cell found on ${card.data.title}` : 'A cell'
}

const dataRows = ({ data }: RunCard): [string, string][] => [
  [
    'Data',
    `${data.title}: ${number(data.trainImages)} training${data.testImages > 0 ? ` and ${number(data.testImages)} test` : ''} images`,
  ],
  ['Source and licence of the data', data.source],
]
const modelRows = ({ accuracy, parameters, multiplyAdds }: ModelCard): [string, string][] => [
  ...accuracyRows(accuracy),
  ['Parameters', number(parameters)],
  ['Multiply-adds', `${number(multiplyAdds)} (${CONVENTIONS.multiplyAdds})`],
]
const workRows = ({ seconds, backend, device }: RunCard): [string, string][] => [
  ...(seconds === null ? [] : [['Time', duration(seconds)] as [string, string]]),
  ['Computed by', `${backend} on ${device}`],
]
const settingRows = ({ settings }: RunCard): [string, string][] =>
  Object.entries(settings).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
