// What a search would cost, before anything is started.
import { estimateMemory } from '@cellboard/engine/facts'
import type { Config } from '../config.js'
import type { EntityManager } from '../store/orm.js'
import { checkInput } from './check-input.js'
import { previewCosts, stepsPerEpoch } from './networks.js'
import { knownPace } from './pace.js'
import type { SearchInput } from './search.input.js'
import type { SearchPreview } from './search-preview.type.js'

/** What a process takes before it has a network, measured: Node, the engine and TensorFlow. */
const BARE_MEGABYTES = 250

const NOTHING: Omit<SearchPreview, 'problems'> = { stages: [], steps: 0, memoryMB: 0, seconds: null }

export async function previewSearch(em: EntityManager, config: Config, input: SearchInput): Promise<SearchPreview> {
  const { settings, problems: found } = checkInput(input, config.dataFolder)
  const problems = found.map(({ path, message }) => ({ field: path, message }))
  if (!settings) return { ...NOTHING, problems }
  const costs = previewCosts(settings)
  const bytes = costs.map(({ activations, parameters }) =>
    estimateMemory({ activations, parameters, batch: settings.batch }),
  )
  const pace = await knownPace(em, settings.backend)
  const steps = settings.epochs * stepsPerEpoch(settings)
  const work = costs.reduce((sum, { multiplyAdds }) => sum + multiplyAdds * steps * settings.batch, 0)
  return {
    stages: costs.map(({ parameters, multiplyAdds }, i) => ({
      index: i + 1,
      cells: i === 0 ? settings.stage1Cells : settings.stage2Cells,
      channels: settings.channels,
      parameters,
      multiplyAdds,
    })),
    steps: 2 * steps,
    memoryMB: BARE_MEGABYTES + Math.max(...bytes) / 1e6,
    seconds: pace && work / pace,
    problems,
  }
}
