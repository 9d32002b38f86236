// What NAS-Bench-201's table says of an architecture, where the table lies in the folder of data.
import { existsSync } from 'node:fs'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { readTable, TABULATED_DATASETS, TABULATED_EPOCHS, tableIn, type Table } from './nas-bench-201-table.js'
import type { TabulatedResult } from './architecture.type.js'
import { benchmarkCells } from './benchmark-cells.js'

/** Read once, the first time that it is asked for and there. */
const tables = new Map<string, Promise<Table>>()

function openTable(file: string): Promise<Table> | null {
  if (!tables.has(file) && existsSync(file)) tables.set(file, readTable(file))
  return tables.get(file) ?? null
}

/** Of every cell of the benchmark that is isomorphic, on every data set; the best of each data set first. */
export async function tabulatedOf(hash: string, dataFolder: string): Promise<TabulatedResult[]> {
  const table = await openTable(tableIn(dataFolder))
  if (!table) return []
  const cells = (await benchmarkCells(hash)).map(genotypeText)
  return TABULATED_DATASETS.flatMap((dataset) =>
    cells
      .flatMap((cell): TabulatedResult[] => {
        const found = table.find(cell, dataset)
        if (!found) return []
        return [
          {
            benchmark: 'nas-bench-201',
            cell,
            dataset,
            epochs: TABULATED_EPOCHS,
            accuracy: found.accuracy / 100,
            rank: found.better + 1,
            of: table.cells,
            percentile: 1 - found.better / table.cells,
          },
        ]
      })
      .sort((one, other) => one.rank - other.rank),
  )
}
