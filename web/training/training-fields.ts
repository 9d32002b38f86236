// The fields of the new-training form, read off the rules of a training, and how they are grouped: every setting in one group.
import { trainingSettingsSchema, type TrainingSettingsInput } from '@cellboard/schema/training-settings'
import {
  settingFields,
  type FormValues as Values,
  type SettingField,
  type SettingGroup,
} from '../settings/setting-fields.js'

export type TrainingName = keyof TrainingSettingsInput
export type TrainingValues = Values<TrainingName>

export const TRAINING_FIELDS: readonly SettingField<TrainingName>[] = settingFields<TrainingName>(
  trainingSettingsSchema,
  {
    genotype: 'Cell',
    dataset: 'Data set',
    dataPath: 'Folder or file',
    preset: 'Published recipe',
    seed: 'Seeds',
    trainShare: 'Share to train on',
    testShare: 'Share to test on',
    auxiliary: 'Auxiliary head',
    autoAugment: 'AutoAugment',
    weightRate: 'First learning rate',
    weightRateEnd: 'Last learning rate',
    gradientClip: 'Gradient limit',
    ema: 'Average of the weights',
    poolNorm: 'Normalise after pools',
    flip: 'Mirror images',
    patience: 'Patience',
    evaluateEvery: 'Look every',
    formats: 'Formats',
  },
  { seed: 'numbers', genotype: 'own' },
)

export const TRAINING_GROUPS: readonly SettingGroup<TrainingName>[] = [
  { title: 'Cell', folded: false, settings: ['genotype'] },
  {
    title: 'Basics',
    folded: false,
    settings: ['dataset', 'dataPath', 'imageSize', 'epochs', 'batch', 'images', 'testImages', 'seed'],
  },
  { title: 'Recipe', folded: false, settings: ['preset'] },
  {
    title: 'Network',
    folded: true,
    settings: ['cells', 'channels', 'auxiliary', 'auxiliaryWeight', 'dropPath', 'poolNorm'],
  },
  {
    title: 'Images',
    folded: true,
    settings: ['crop', 'flip', 'cutout', 'autoAugment', 'colourJitter', 'labelSmoothing', 'trainShare', 'testShare'],
  },
  {
    title: 'Weights',
    folded: true,
    settings: [
      'weightRate',
      'weightRateEnd',
      'schedule',
      'warmupEpochs',
      'momentum',
      'nesterov',
      'weightDecay',
      'gradientClip',
      'ema',
    ],
  },
  { title: 'End and tests', folded: true, settings: ['patience', 'evaluateEvery'] },
  { title: 'What is handed out', folded: true, settings: ['formats'] },
  { title: 'Machine', folded: true, settings: ['workers', 'backend', 'device'] },
]
