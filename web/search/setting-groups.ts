// How the settings of a search are grouped in the form: the basics in sight, the rest folded. Every setting is in one group.
import type { SettingName } from './setting-fields.js'

export interface SettingGroup {
  readonly title: string
  readonly folded: boolean
  readonly settings: readonly SettingName[]
}

export const SETTING_GROUPS: readonly SettingGroup[] = [
  { title: 'Basics', folded: false, settings: ['dataset', 'space', 'epochs', 'images', 'batch', 'seed'] },
  { title: 'Network', folded: true, settings: ['channels', 'stage1Cells', 'stage2Cells'] },
  { title: 'Method', folded: true, settings: ['method', 'clusters', 'singletons', 'ranking'] },
  { title: 'Data', folded: true, settings: ['trainShare', 'augment'] },
  {
    title: 'Weights',
    folded: true,
    settings: ['weightRate', 'weightRateEnd', 'schedule', 'momentum', 'weightDecay', 'gradientClip'],
  },
  {
    title: 'Architecture logits',
    folded: true,
    settings: ['alphaRate', 'alphaBeta1', 'alphaBeta2', 'alphaDecay', 'alphaInit'],
  },
  { title: 'Machine', folded: true, settings: ['backend'] },
]
