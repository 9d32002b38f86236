// A data set that is known by name, as the API shows it.
import { checkData } from '@cellboard/engine/facts'
import { DATASETS, type DatasetName } from '@cellboard/schema/datasets'
import type { Config } from '../config.js'
import type { Dataset } from './space.type.js'

export function shownDataset(name: DatasetName, { dataFolder }: Config): Dataset {
  const { available, folder } = checkData(name, dataFolder)
  return { name, ...DATASETS[name], available, folder }
}
