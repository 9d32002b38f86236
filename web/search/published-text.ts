// What a search takes where a field is left empty: its default, or what the published method takes with that space and data set.
import { DATASETS, type DatasetName } from '@cellboard/schema/datasets'
import { resolveSettings, searchSettingsSchema, type ResolvedSearchSettings } from '@cellboard/schema/settings'
import { applies } from './applies.js'
import type { FormValues } from './check-settings.js'
import { clustersText, type SettingName } from './search-fields.js'

/** What others hang on. */
const DECIDING = ['method', 'optimisation', 'space', 'spaceText', 'dataset', 'earlyStop'] as const

/** What hangs on the space, and is not known while its file is not whole. */
const OF_SPACE: readonly SettingName[] = [
  'channels',
  'stage1Cells',
  'stage2Cells',
  'clusteringCells',
  'finalCells',
  'finalChannels',
  'clusters',
]

/** All settings of a search of which nothing else was said; null where that is no search. */
function usualSettings(values: FormValues): ResolvedSearchSettings | null {
  const said = DECIDING.filter((name) => values[name] && applies(name, values)).map((name) => [name, values[name]])
  const checked = searchSettingsSchema.safeParse(Object.fromEntries(said))
  return checked.success ? resolveSettings(checked.data) : null
}

export function publishedText(name: SettingName, values: FormValues): string {
  let usual = usualSettings(values)
  if (!usual && !OF_SPACE.includes(name)) usual = usualSettings({ ...values, space: '' })
  if (!usual) return ''
  switch (name) {
    case 'images':
      return `all ${DATASETS[(values.dataset ?? 'cifar10') as DatasetName].train}`
    case 'clusters':
      return clustersText(usual.clusters)
    case 'clusteringEpochs':
      return String(values.epochs || usual.epochs)
    case 'clusteringCells':
      return String(values.stage1Cells || usual.stage1Cells)
    default: {
      const value = usual[name]
      return Array.isArray(value) ? value.join(', ') : String(value)
    }
  }
}
