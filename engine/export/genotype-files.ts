// A genotype as files: the field's notation, JSON, and a Python module with DARTS' named tuple.
import type { Genotype, GenotypeCell } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { parseGenotype } from '../space/parse-genotype.js'
import type { FileContent } from './whole-folder.js'

/** DARTS' notation knows two edges a node; cells of other spaces it cannot say. */
function hasNotation(genotype: Genotype): boolean {
  try {
    return JSON.stringify(parseGenotype(genotypeText(genotype))) === JSON.stringify(parseGenotype(jsonOf(genotype)))
  } catch {
    return false
  }
}

const jsonOf = (genotype: Genotype) => JSON.stringify(genotype)

const edgeTuples = (edges: GenotypeCell[number]) =>
  `[${edges.map(({ operator, from }) => `('${operator}', ${from})`).join(', ')}]`
const nodeLists = (cell: GenotypeCell) => `[${cell.map(edgeTuples).join(', ')}]`

/** `GENOTYPE`, importable from Python; quark0/darts' scripts take it as one of theirs. */
function pythonOf(genotype: Genotype): string {
  if (genotype.space === 'nas-bench-201')
    return `# A NAS-Bench-201 cell: its architecture string, and node by node the operators with the states that they read.
GENOTYPE = '${genotypeText(genotype)}'
NODES = ${nodeLists(genotype.normal)}
`
  const tuple = "from collections import namedtuple\n\nGenotype = namedtuple('Genotype', 'normal normal_concat reduce reduce_concat')\n" // prettier-ignore
  if (hasNotation(genotype))
    return `# A cell in the notation of DARTS: operators with the states that they read, two a node.
${tuple}
GENOTYPE = ${genotypeText(genotype)}
`
  const concat = `range(2, ${2 + genotype.normal.length})`
  return `# A cell whose nodes do not read two states each: a list for each node, where the notation of DARTS has one for all.
${tuple}
GENOTYPE = Genotype(
    normal=${nodeLists(genotype.normal)},
    normal_concat=${concat},
    reduce=${nodeLists(genotype.reduction ?? [])},
    reduce_concat=${concat},
)
`
}

/** genotype.txt, .json and .py. The first two read back by `parseGenotype`; where the notation cannot say a cell, .txt holds JSON too. */
export const genotypeFiles = (genotype: Genotype): FileContent[] => [
  { name: 'genotype.txt', content: `${hasNotation(genotype) ? genotypeText(genotype) : jsonOf(genotype)}\n` },
  { name: 'genotype.json', content: `${JSON.stringify(genotype, null, 2)}\n` },
  { name: 'genotype.py', content: pythonOf(genotype) },
]
