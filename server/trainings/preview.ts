// What a training would cost, before anything is started.
import { stepMemory } from '@cellboard/engine/facts'
import type { Config } from '../config.js'
import { shownGenotype } from '../searches/genotype.type.js'
import { knownPace } from '../searches/pace.js'
import type { EntityManager } from '../store/orm.js'
import { checkTraining } from './check-training.js'
import { countTraining, imagesOf, trainingImages } from './cost.js'
import type { TrainingInput } from './training.input.js'
import type { TrainingPreview } from './training-preview.type.js'

const NOTHING = { parameters: null, multiplyAdds: null, steps: null, memoryMB: null, seconds: null }

export async function previewTraining(
  em: EntityManager,
  { dataFolder }: Config,
  input: TrainingInput,
): Promise<TrainingPreview> {
  const { settings, genotype, problems: found } = checkTraining(input, dataFolder)
  const understood = genotype && shownGenotype(genotype)
  const problems = found.map(({ path, message }) => ({ field: path, message }))
  const shape = settings && imagesOf(settings)
  if (!settings || !genotype || !shape || problems.length > 0) return { ...NOTHING, genotype: understood, problems }
  const { batch, epochs, backend } = settings
  const { parameters, multiplyAdds } = countTraining(settings, genotype, shape)
  const trained = countTraining(settings, genotype, shape, true)
  const steps = epochs * Math.floor(trainingImages(settings)! / batch)
  const eager = backend === 'wasm' || backend === 'cpu'
  const pace = (await knownPace(em, 'training', backend)) ?? (await knownPace(em, 'search', backend))
  return {
    genotype: understood,
    parameters,
    multiplyAdds,
    steps,
    memoryMB: stepMemory({ cost: trained, batch, eager }) / 1e6,
    seconds: pace && (trained.multiplyAdds * batch * steps) / pace,
    problems,
  }
}
