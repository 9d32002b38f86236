// Which settings mean something beside which others: the form shows and sends no more than these.
import type { SearchSettings } from '@cellboard/schema/settings'
import type { FormValues } from './check-settings.js'
import type { SettingName } from './search-fields.js'

type Form = Required<
  Pick<SearchSettings, 'method' | 'space' | 'clustering' | 'clusteringCut' | 'depth' | 'earlyStop' | 'zeroAttention'>
>

const stacnas = ({ method }: Form) => method === 'stacnas'
const gradients = ({ method }: Form) => method !== 'random'
const measured = (form: Form) => stacnas(form) && form.clustering !== 'given'
const linked = (form: Form) => stacnas(form) && form.clustering === 'average-linkage'
const matched = (form: Form) => stacnas(form) && form.depth === 'auto'
const stops = (form: Form) => gradients(form) && form.earlyStop !== 'none'

/** A setting that is not named here always means something. */
const RULES: Partial<Record<SettingName, (form: Form) => boolean>> = {
  optimisation: gradients,
  spaceText: ({ space }) => space === 'custom',
  samples: ({ method }) => method === 'random',
  stage1Cells: (form) => !matched(form),
  // Random search trains its cells in a network as deep and wide as its one stage.
  finalCells: gradients,
  finalChannels: gradients,
  stage2Cells: (form) => stacnas(form) && !matched(form),
  depth: stacnas,
  depthChoices: matched,
  confusionBatches: matched,
  confusionBatch: matched,
  confusionStatistic: matched,
  confusionSteps: matched,
  clustering: stacnas,
  clusters: (form) => stacnas(form) && form.clustering === 'given',
  representative: stacnas,
  singletons: stacnas,
  clusteringEdges: measured,
  clusteringCut: linked,
  clusteringThreshold: (form) => linked(form) && form.clusteringCut === 'threshold',
  clusteringImages: measured,
  clusteringEpochs: measured,
  clusteringCells: measured,
  ranking: gradients,
  skipLimit: gradients,
  parameterLimit: gradients,
  multiplyAddLimit: gradients,
  zeroAttention: gradients,
  earlyStop: gradients,
  stopFrom: stops,
  stopWindow: (form) => stops(form) && form.earlyStop === 'eigenvalue',
  stopRatio: (form) => stops(form) && form.earlyStop === 'eigenvalue',
  stopSkips: (form) => stops(form) && form.earlyStop === 'skips',
  stopStable: (form) => stops(form) && form.earlyStop === 'ranking',
  eigenvalueEvery: gradients,
  alphaWarmup: gradients,
  alphaRate: gradients,
  alphaBeta1: gradients,
  alphaBeta2: gradients,
  alphaDecay: gradients,
  alphaInit: gradients,
}

const USUAL: Form = {
  method: 'stacnas',
  space: 'darts',
  clustering: 'given',
  clusteringCut: 'silhouette',
  depth: 'given',
  earlyStop: 'none',
  zeroAttention: false,
}

/** Whether a setting means something in a form with these values. */
export const applies = (name: SettingName, values: FormValues): boolean =>
  RULES[name]?.({ ...USUAL, ...(values as Partial<Form>) }) ?? true
