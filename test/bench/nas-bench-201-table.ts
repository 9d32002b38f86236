// Where the benches find NAS-Bench-201's table, and what it says of a cell that a search found.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readTable, tableIn, type Table, type Tabulated } from '@cellboard/server/nas-bench-201-table'

export const TABLE = tableIn(fileURLToPath(new URL('../../../../shared/data', import.meta.url)))

export function openTable(file: string): Promise<Table> {
  if (existsSync(file)) return readTable(file)
  throw new Error(
    `Expected the table of NAS-Bench-201 (index, arch, c10_test_200ep ...) at ${file}: give it with --table FILE.`,
  )
}

/** Test accuracy on CIFAR-10 in %, and how many cells are better. */
export function lookUp(table: Table, architecture: string): Tabulated {
  const found = table.find(architecture)
  if (found === null) throw new Error(`Expected ${architecture} in the table, but it is not there.`)
  return found
}
