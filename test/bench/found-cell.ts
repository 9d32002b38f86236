// One search from beginning to end: the cell it finds, and what can be said of the search afterwards.
import { loadavg } from 'node:os'
import { search } from '@cellboard/engine'
import type { Genotype } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { resolveSettings, searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'

export interface FoundCell {
  readonly genotype: string
  /** Skips of the normal cell. */
  readonly skips: number
  /** Of the last measured Hessian of the loss to the logits of the first stage; null where none was measured. */
  readonly eigenvalue: number | null
  /** Depth of each stage. */
  readonly cells: readonly number[]
  readonly seconds: number
  /** Of the processor, all threads together: what a search costs whatever else the machine is at. */
  readonly processorSeconds: number
  /** Load of the machine at the end. */
  readonly load: number
}

export interface FindOptions {
  readonly dataFolder: string
  readonly tell: (what: string) => void
  /** Seconds of the processor after which a random search ends with the cell that it is at. */
  readonly budget?: number
}

export async function findCell(
  asked: SearchSettingsInput,
  { dataFolder, tell, budget = Infinity }: FindOptions,
): Promise<FoundCell> {
  const settings = resolveSettings(searchSettingsSchema.parse(asked))
  const [began, before] = [performance.now(), process.cpuUsage()]
  const processorSeconds = () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  }
  let genotype: Genotype | null = null
  let eigenvalue: number | null = null
  const cells: number[] = []
  for await (const event of search(settings, { dataFolder })) {
    if (event.type === 'stage-started') cells.push(event.cells)
    if (event.type === 'epoch-finished')
      tell(`seed ${settings.seed}, stage ${event.stage}, epoch ${event.epoch}: loss ${event.trainLoss.toFixed(3)}`)
    if (event.type === 'collapse-measured' && event.stage === 1) eigenvalue = event.eigenvalue ?? eigenvalue
    if (event.type !== 'genotype-derived') continue
    genotype = event.genotype
    if (processorSeconds() >= budget) break
  }
  return {
    genotype: genotypeText(genotype!),
    skips: genotype!.normal.flat().filter(({ operator }) => operator === 'skip_connect').length,
    eigenvalue,
    cells,
    seconds: (performance.now() - began) / 1000,
    processorSeconds: processorSeconds(),
    load: loadavg()[0]!,
  }
}
