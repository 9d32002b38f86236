// The fields of the new-search form, read off the rules themselves: kind, range, default and description of every setting.
import { DATASETS, type DatasetName } from '@cellboard/schema/datasets'
import { searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { SPACES, type SpaceName } from '@cellboard/schema/spaces'
import { z } from 'zod'

export type SettingName = keyof SearchSettingsInput

export interface SettingField {
  readonly name: SettingName
  readonly title: string
  readonly kind: 'choice' | 'number' | 'switch' | 'clusters'
  readonly description: string
  /** Undefined where it hangs on space and data set, see `publishedText`. */
  readonly usual: unknown
  readonly choices: readonly string[]
  readonly whole: boolean
  readonly min: number | undefined
  readonly max: number | undefined
}

interface JsonProperty {
  type?: string
  enum?: string[]
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
}
const spoken = (name: string) =>
  name.charAt(0).toUpperCase() +
  name
    .slice(1)
    .replace(/([A-Z0-9])/g, ' $1')
    .toLowerCase()

function fieldOf(name: SettingName, property: JsonProperty): SettingField {
  const kind = property.enum
    ? 'choice'
    : property.type === 'boolean'
      ? 'switch'
      : property.type === 'array'
        ? 'clusters'
        : 'number'
  return {
    name,
    title: TITLES[name] ?? spoken(name),
    kind,
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

/** What is taken where a setting that hangs on space or data set is left empty. */
export function publishedText(name: SettingName, space: SpaceName, dataset: DatasetName): string {
  const facts = space === 'custom' ? null : SPACES[space]
  switch (name) {
    case 'images':
      return `all ${DATASETS[dataset].train}`
    case 'channels':
      return String(facts?.channels ?? '')
    case 'stage1Cells':
      return String(facts?.cells[0] ?? '')
    case 'stage2Cells':
      return String(facts?.cells[1] ?? '')
    case 'clusters':
      return clustersText(facts?.clusters ?? [])
    default:
      return ''
  }
}

/** One cluster a line, operators by commas. */
export const clustersText = (clusters: readonly (readonly string[])[]): string =>
  clusters.map((cluster) => cluster.join(', ')).join('\n')

export const clustersFromText = (text: string): string[][] =>
  text
    .split('\n')
    .map((line) => line.split(/[\s,]+/).filter(Boolean))
    .filter((cluster) => cluster.length > 0)
