// What stands in the new-training form: which settings mean something, what is taken where a field is empty, and what is wrong.
import type { NetworkName } from '@cellboard/schema/spaces'
import {
  resolveTrainingSettings,
  trainingSettingsSchema,
  type ResolvedTrainingSettings,
  type TrainingDatasetName,
} from '@cellboard/schema/training-settings'
import { checkForm } from '../settings/check-form.js'
import { TRAINING_FIELDS, type TrainingName, type TrainingValues } from './training-fields.js'

/** What others hang on. */
const DECIDING = ['dataset', 'preset', 'schedule', 'auxiliary'] as const

/** The network that a genotype's text is for, as far as it can be told without reading it; the server reads it. */
export const networkOf = (text: string): NetworkName => {
  const written = text.trim()
  return written.startsWith('|') || (written.startsWith('{') && written.includes('nas-bench-201'))
    ? 'nas-bench-201'
    : 'darts'
}

/** All settings of a training of which nothing but the deciding ones was said. */
export function usualTraining(values: TrainingValues, network: NetworkName): ResolvedTrainingSettings {
  const said = Object.fromEntries(
    DECIDING.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  )
  // Where one's own pictures lie decides nothing here.
  const settings = trainingSettingsSchema.parse({ ...said, ...(values.dataset === 'own' && { dataPath: '.' }) })
  const imageSize = Number(values.imageSize)
  const sized =
    Number.isInteger(imageSize) && imageSize > 0 && readsPictures(values) ? { ...settings, imageSize } : settings
  return resolveTrainingSettings(sized, network)
}

const readsPictures = ({ dataset }: TrainingValues): boolean =>
  (['own', 'imagenet'] as readonly TrainingDatasetName[]).includes(dataset as TrainingDatasetName)

/** Whether a setting means something beside the rest of the form. */
export function appliesTo(name: TrainingName, values: TrainingValues, network: NetworkName): boolean {
  switch (name) {
    case 'dataPath':
    case 'testShare':
      return values.dataset === 'own'
    case 'imageSize':
      return readsPictures(values)
    case 'auxiliary':
      return network === 'darts'
    case 'auxiliaryWeight':
      return usualTraining(values, network).auxiliary
    case 'weightRateEnd':
      return usualTraining(values, network).schedule !== 'exponential'
    default:
      return true
  }
}

export function checkTraining(values: TrainingValues, network: NetworkName) {
  const meant = Object.entries(values).filter(([name]) => appliesTo(name as TrainingName, values, network))
  return checkForm(trainingSettingsSchema, TRAINING_FIELDS, Object.fromEntries(meant) as TrainingValues)
}

/** Settings that end in minutes, to see a whole training at once. */
export const quickTraining = (network: NetworkName): TrainingValues => ({
  dataset: 'digits',
  epochs: '5',
  batch: '64',
  channels: '8',
  cells: network === 'darts' ? '5' : '1',
})
