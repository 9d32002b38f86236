// How the choices of a training are called, in words.
import { DATASETS, type DatasetName } from '@cellboard/schema/datasets'
import type { TrainingName } from './training-fields.js'

const TEXTS: Partial<Record<TrainingName, Readonly<Record<string, string>>>> = {
  dataset: { imagenet: 'ImageNet', own: 'Pictures of your own' },
  preset: {
    base: 'Base (DARTS, StacNAS)',
    fancy: 'Fancy (AutoAugment, twice the epochs)',
    imagenet: 'ImageNet (mobile setting)',
    'nas-bench-201': 'NAS-Bench-201',
  },
  crop: { padded: 'From padded images', resized: 'A random part, resized', none: 'None' },
  autoAugment: { none: 'None', cifar10: 'CIFAR-10’s policies', imagenet: 'ImageNet’s policies' },
  formats: { tensorflowjs: 'TensorFlow.js', 'saved-model': 'SavedModel (TensorFlow)', onnx: 'ONNX' },
}

export function trainingChoiceText(name: TrainingName, choice: string): string {
  if (name === 'dataset' && choice in DATASETS) return DATASETS[choice as DatasetName].title
  return TEXTS[name]?.[choice] ?? choice
}

const plain = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : Array.isArray(value) ? value.join(', ') : String(value)

/** A setting's value as the recipe's list tells it. */
export const valueText = (name: TrainingName, value: unknown): string =>
  typeof value === 'string' ? trainingChoiceText(name, value) : plain(value)
