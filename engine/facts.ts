// What the engine knows without computing a tensor: spaces, costs, genotypes, data sets. Importing it loads no backend.
export { outOfMemoryKills } from './backend/control-groups.js'
export { checkData } from './data/sets/load.js'
export { randomStream } from './data/random.js'
export { EngineError } from './errors.js'
export {
  allCandidates,
  sameClusters,
  stageOneCandidates,
  supernetCandidates,
  uniformStageTwo,
} from './space/candidates.js'
export { countGenotype, countSupernet, type Cost } from './space/cost.js'
export { parseGenotype } from './space/parse-genotype.js'
export { PUBLISHED_GENOTYPES } from './space/presets.js'
export { randomGenotype } from './space/random-genotype.js'
export { PASSES, stepMemory } from './space/step-memory.js'
export { trainingPlan } from './training/training-plan.js'
