// NAS-Bench-201's table: what each of its 15,625 cells reaches. For reading after a search, never during.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

export const TABLE = fileURLToPath(
  new URL('../../../../shared/data/nas-bench-201/nb201_accuracy.csv.gz', import.meta.url),
)

/** Architecture string to CIFAR-10 test accuracy after 200 epochs in %, mean over the benchmark's seeds. */
export type Table = ReadonlyMap<string, number>

export function readTable(file: string): Table {
  if (!existsSync(file))
    throw new Error(
      `Expected the table of NAS-Bench-201 (index, arch, c10_test_200ep ...) at ${file}: give it with --table FILE.`,
    )
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim()
  const [head, ...rows] = text.split('\n').map((line) => line.split(','))
  const [arch, accuracy] = [head!.indexOf('arch'), head!.indexOf('c10_test_200ep')]
  return new Map(rows.map((row) => [row[arch]!, Number(row[accuracy])]))
}

/** What the table says of a cell, and how many cells are better. */
export function lookUp(table: Table, architecture: string): { accuracy: number; better: number } {
  const accuracy = table.get(architecture)
  if (accuracy === undefined) throw new Error(`Expected ${architecture} in the table, but it is not there.`)
  return { accuracy, better: [...table.values()].filter((one) => one > accuracy).length }
}
