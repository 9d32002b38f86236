// How the choices of the form are called, in words.
import { DATASETS, type DatasetName } from '@cellboard/schema/datasets'
import { SPACES, type PublishedSpaceName } from '@cellboard/schema/spaces'
import type { SettingName } from './search-fields.js'

const TEXTS: Partial<Record<SettingName, Readonly<Record<string, string>>>> = {
  method: {
    stacnas: 'StacNAS (two stages)',
    darts: 'DARTS (all at once)',
    random: 'Random search',
  },
  optimisation: {
    'one-level': 'One level (StacNAS)',
    'first-order': 'Bi-level, first order',
    'second-order': 'Bi-level, second order',
  },
  clustering: {
    given: 'Given by hand',
    'average-linkage': 'Measured: correlation',
    'k-means': 'Measured: k-means',
  },
  depth: { given: 'Given', auto: 'Matched (measured)' },
  clusteringEdges: { two: 'Two published edges', all: 'All edges', 'cell-kind': 'Each kind of cell' },
  clusteringCut: { silhouette: 'Best silhouette', threshold: 'A distance' },
  representative: {
    first: 'Its first member',
    smallest: 'Smallest window',
    cheapest: 'Fewest multiply-adds',
    central: 'Most correlated',
  },
  singletons: { duplicate: 'Twice (as released)', plain: 'Once', freeze: 'Decided already' },
  earlyStop: {
    none: 'Never',
    eigenvalue: 'A sharp Hessian',
    skips: 'Too many skips',
    ranking: 'A settled ranking',
  },
}

export function choiceText(name: SettingName, choice: string): string {
  if (name === 'space') return choice === 'custom' ? 'One of your own' : SPACES[choice as PublishedSpaceName].title
  if (name === 'dataset') return DATASETS[choice as DatasetName].title
  return TEXTS[name]?.[choice] ?? choice
}
