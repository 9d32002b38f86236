// What the engine knows without computing a tensor: spaces, costs, genotypes, data sets. Importing it loads no backend.
export { checkData } from './data/load.js'
export { allCandidates, sameClusters, stageOneCandidates, uniformStageTwo } from './space/candidates.js'
export { countGenotype, countSupernet, estimateMemory } from './space/cost.js'
export { parseGenotype } from './space/parse-genotype.js'
export { PUBLISHED_GENOTYPES } from './space/presets.js'
