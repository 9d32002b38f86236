// What a search would cost, before anything is started.
import { stepMemory } from '@cellboard/engine/facts'
import type { Config } from '../config.js'
import type { EntityManager } from '../store/orm.js'
import { checkInput } from './check-input.js'
import { passesPerStep, plannedNetworks } from './networks.js'
import { knownPace } from './pace.js'
import type { SearchInput } from './search.input.js'
import type { SearchPreview } from './search-preview.type.js'

const NOTHING: Omit<SearchPreview, 'problems'> = { stages: [], steps: 0, memoryMB: 0, seconds: null }

export async function previewSearch(em: EntityManager, config: Config, input: SearchInput): Promise<SearchPreview> {
  const { settings, problems: found } = checkInput(input, config.dataFolder)
  const problems = found.map(({ path, message }) => ({ field: path, message }))
  if (!settings) return { ...NOTHING, problems }
  const networks = plannedNetworks(settings)
  const { batch, channels, backend } = settings
  const passes = passesPerStep(settings)
  const eager = backend === 'wasm' || backend === 'cpu'
  const bytes = networks.map((cost) => stepMemory({ cost, batch, passes, eager }))
  const pace = await knownPace(em, 'search', backend)
  const images = batch * passes
  const work = networks.reduce((sum, { multiplyAdds, steps }) => sum + multiplyAdds * steps * images, 0)
  return {
    stages: networks.map(({ stage, cells, parameters, multiplyAdds }) => ({
      index: stage,
      cells,
      channels,
      parameters,
      multiplyAdds,
    })),
    steps: networks.reduce((sum, { steps }) => sum + steps, 0),
    memoryMB: Math.max(...bytes) / 1e6,
    seconds: pace && work / pace,
    problems,
  }
}
