// The fields of the new-search form, read off the rules of a search.
import { searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { settingFields, type SettingField } from '../settings/setting-fields.js'

export type SettingName = keyof SearchSettingsInput

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

export const SETTING_FIELDS: readonly SettingField<SettingName>[] = settingFields<SettingName>(
  searchSettingsSchema,
  TITLES,
  { seed: 'numbers', spaceText: 'own' },
)

/** One cluster a line, operators by commas. */
export const clustersText = (clusters: readonly (readonly string[])[]): string =>
  clusters.map((cluster) => cluster.join(', ')).join('\n')
