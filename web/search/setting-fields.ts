// The fields of the new-search form, read off the rules themselves: kind, range, default and description of every setting.
import { searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { z } from 'zod'

export type SettingName = keyof SearchSettingsInput

export interface SettingField {
  readonly name: SettingName
  readonly title: string
  readonly kind: 'choice' | 'number' | 'switch' | 'numbers' | 'clusters' | 'space'
  readonly description: string
  /** Undefined where it hangs on other settings, see `publishedText`. */
  readonly usual: unknown
  readonly choices: readonly string[]
  readonly whole: boolean
  readonly min: number | undefined
  readonly max: number | undefined
}

interface JsonProperty {
  type?: string
  enum?: string[]
  items?: JsonProperty
  default?: unknown
  description?: string
  minimum?: number
  maximum?: number
}

const TITLES: Partial<Record<SettingName, string>> = {
  trainShare: 'Share to train on',
  stage1Cells: 'Depth of stage 1',
  stage2Cells: 'Depth of stage 2',
  weightRate: 'First learning rate',
  weightRateEnd: 'Last learning rate',
  gradientClip: 'Gradient limit',
  alphaRate: 'Logits: learning rate',
  alphaBeta1: 'Logits: first moment',
  alphaBeta2: 'Logits: second moment',
  alphaDecay: 'Logits: decay',
  alphaInit: 'Logits: first deviation',
  dataset: 'Data set',
  seed: 'Seeds',
  spaceText: 'Space file',
  depthChoices: 'Depths to try',
  finalCells: 'Depth of the final network',
  finalChannels: 'Channels of the final network',
  clusteringEdges: 'Measured on',
  clusteringCut: 'Cut by',
  clusteringThreshold: 'Distance of the cut',
  clusteringImages: 'Images to measure on',
  clusteringEpochs: 'Epochs before measuring',
  clusteringCells: 'Depth while measuring',
  parameterLimit: 'Parameters at most',
  multiplyAddLimit: 'Multiply-adds at most',
  skipLimit: 'Skips at most',
  earlyStop: 'End a stage early at',
  stopFrom: 'Not before epoch',
  stopWindow: 'Window',
  stopRatio: 'Growth that stops',
  stopSkips: 'Skips that stop',
  stopStable: 'Epochs without a change',
  eigenvalueEvery: 'Measure sharpness every',
  alphaWarmup: 'Logits: rest at first',
  samples: 'Cells to train',
}
const spoken = (name: string) =>
  name.charAt(0).toUpperCase() +
  name
    .slice(1)
    .replace(/([A-Z0-9])/g, ' $1')
    .toLowerCase()

/** By the shape of its rule; two are more than their rule says: several seeds make several runs, a space file has lines. */
function kindOf(name: SettingName, { enum: choices, type, items }: JsonProperty): SettingField['kind'] {
  if (name === 'seed') return 'numbers'
  if (choices) return 'choice'
  if (type === 'boolean') return 'switch'
  if (type === 'array') return items?.type === 'array' ? 'clusters' : 'numbers'
  return type === 'string' ? 'space' : 'number'
}

function fieldOf(name: SettingName, property: JsonProperty): SettingField {
  return {
    name,
    title: TITLES[name] ?? spoken(name),
    kind: kindOf(name, property),
    description: property.description ?? '',
    usual: property.default,
    choices: property.enum ?? [],
    whole: property.type === 'integer',
    min: property.minimum,
    max: property.maximum,
  }
}

const { properties } = z.toJSONSchema(searchSettingsSchema, { io: 'input' }) as {
  properties: Record<SettingName, JsonProperty>
}

export const SETTING_FIELDS: readonly SettingField[] = Object.entries(properties).map(([name, property]) =>
  fieldOf(name as SettingName, property),
)

/** One cluster a line, operators by commas. */
export const clustersText = (clusters: readonly (readonly string[])[]): string =>
  clusters.map((cluster) => cluster.join(', ')).join('\n')

/** Numbers by commas or blanks, as they are typed. */
export const numbersFromText = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

export const clustersFromText = (text: string): string[][] =>
  text
    .split('\n')
    .map((line) => line.split(/[\s,]+/).filter(Boolean))
    .filter((cluster) => cluster.length > 0)
