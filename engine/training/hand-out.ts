// Hands the trained network out: without what only training needs, with a card that says how it came to be.
import type { RunFile, TestMeasured } from '@cellboard/schema/events'
import { genotypeText } from '@cellboard/schema/genotype-text'
import type { PickedBackend } from '../backend/pick.js'
import { writeFiles, type ModelCard } from '../export/write-files.js'
import type { TrainedNetwork } from '../export/trained-network.js'
import type { FinalNetworkPlan } from '../network/final-network-plan.js'
import { buildFinalNetwork } from '../network/final-network.js'
import { engineVersion } from '../version.js'
import type { TrainingRun } from './train-epoch.js'

interface Outcome {
  readonly plan: FinalNetworkPlan
  readonly parameters: number
  readonly multiplyAdds: number
  readonly backend: Pick<PickedBackend, 'name' | 'version' | 'device'>
  readonly measured: TestMeasured
}

/** Writes the files into `folder`, which is replaced as a whole. */
export async function handOut(folder: string, run: TrainingRun, outcome: Outcome): Promise<RunFile[]> {
  const { settings, data, position } = run
  const { plan, parameters, multiplyAdds, backend, measured } = outcome
  const card: ModelCard = {
    genotype: genotypeText(plan.genotype),
    settings: { ...settings },
    data: {
      title: data.facts.title,
      source: data.facts.source,
      trainImages: data.train.count,
      testImages: data.test.count,
    },
    ...{ parameters, multiplyAdds },
    accuracy: { last: measured.accuracy, best: measured.best, seeds: null },
    seconds: position.seconds,
    backend: `${backend.name} ${backend.version}`,
    device: backend.device,
    engine: engineVersion(),
    created: new Date().toISOString(),
  }
  return writeFiles(folder, await trainedNetwork(run, plan), card, settings.formats)
}

/** The auxiliary head's weights and normalisations come last, and stay behind. */
async function trainedNetwork({ training, data, net }: TrainingRun, plan: FinalNetworkPlan): Promise<TrainedNetwork> {
  const bare = { ...plan, auxiliary: false } as const
  const channels = ({ norms }: { readonly norms: readonly number[] }) => norms.reduce((sum, one) => sum + one, 0)
  const [kept, all] = [channels(buildFinalNetwork(bare)), channels(net)]
  const { weights, running } = await training.tested()
  const statistics = new Float32Array(2 * kept)
  statistics.set(running.subarray(0, kept))
  statistics.set(running.subarray(all, all + kept), kept)
  return { plan: bare, weights: weights.slice(0, net.parameters), running: statistics, facts: data.facts }
}
