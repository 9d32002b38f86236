// NAS-Bench-201's 15,625 cells by their architectures: computed once, when a cell of that network is first met.
import { setImmediate } from 'node:timers/promises'
import type { Genotype } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { SPACES } from '@cellboard/schema/spaces'
import { hashOf } from './architecture-id.js'

const { candidates, edges } = SPACES['nas-bench-201']
/** Cells between two breaths of the server: some milliseconds. */
const AT_ONCE = 250

let computed: Promise<ReadonlyMap<string, readonly Genotype[]>> | null = null

/** The benchmark's cells of an architecture, the barest first; none of a cell that the benchmark does not have. */
export async function benchmarkCells(hash: string): Promise<readonly Genotype[]> {
  computed ??= compute()
  return (await computed).get(hash) ?? []
}

async function compute(): Promise<ReadonlyMap<string, readonly Genotype[]>> {
  const cells = new Map<string, Genotype[]>()
  for (let i = 0; i < candidates.length ** edges.length; i++) {
    if (i % AT_ONCE === 0) await setImmediate()
    const cell = cellAt(i)
    const hash = hashOf(cell)
    cells.set(hash, [...(cells.get(hash) ?? []), cell])
  }
  for (const same of cells.values())
    same.sort((one, other) => edgesIn(one) - edgesIn(other) || (genotypeText(one) < genotypeText(other) ? -1 : 1))
  return cells
}

/** The operators are the digits of its number, edge by edge. */
function cellAt(number: number): Genotype {
  const normal: Genotype['normal'] = [[], [], []]
  edges.forEach(({ from, to }, edge) => {
    const digit = Math.floor(number / candidates.length ** edge) % candidates.length
    normal[to - 1]!.push({ operator: candidates[digit]!, from })
  })
  return { space: 'nas-bench-201', normal }
}

const edgesIn = ({ normal }: Genotype): number => normal.flat().filter(({ operator }) => operator !== 'none').length
