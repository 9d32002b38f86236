// How the settings of a search are grouped in the form: the method and the basics in sight, the rest folded. Every setting is in one group.
import type { SettingGroup } from '../settings/setting-fields.js'
import type { SettingName } from './search-fields.js'

export const SETTING_GROUPS: readonly SettingGroup<SettingName>[] = [
  { title: 'Method', folded: false, settings: ['method', 'optimisation', 'clustering', 'depth'] },
  {
    title: 'Basics',
    folded: false,
    settings: ['dataset', 'space', 'spaceText', 'epochs', 'samples', 'images', 'batch', 'seed'],
  },
  {
    title: 'Clusters',
    folded: true,
    settings: [
      'clusters',
      'representative',
      'singletons',
      'clusteringEdges',
      'clusteringCut',
      'clusteringThreshold',
      'clusteringImages',
      'clusteringEpochs',
      'clusteringCells',
    ],
  },
  {
    title: 'Depth match',
    folded: true,
    settings: ['depthChoices', 'confusionBatches', 'confusionBatch', 'confusionStatistic', 'confusionSteps'],
  },
  {
    title: 'Network',
    folded: true,
    settings: ['channels', 'stage1Cells', 'stage2Cells', 'finalCells', 'finalChannels'],
  },
  {
    title: 'Collapse and early stop',
    folded: true,
    settings: ['earlyStop', 'stopFrom', 'stopWindow', 'stopRatio', 'stopSkips', 'stopStable', 'eigenvalueEvery'],
  },
  {
    title: 'Derived cell',
    folded: true,
    settings: ['ranking', 'skipLimit', 'parameterLimit', 'multiplyAddLimit', 'zeroAttention'],
  },
  { title: 'Data', folded: true, settings: ['trainShare', 'augment', 'cutout', 'dropPath'] },
  {
    title: 'Weights',
    folded: true,
    settings: ['weightRate', 'weightRateEnd', 'schedule', 'momentum', 'weightDecay', 'gradientClip'],
  },
  {
    title: 'Architecture logits',
    folded: true,
    settings: ['alphaRate', 'alphaBeta1', 'alphaBeta2', 'alphaDecay', 'alphaInit', 'alphaWarmup'],
  },
  { title: 'Machine', folded: true, settings: ['backend', 'device'] },
]
