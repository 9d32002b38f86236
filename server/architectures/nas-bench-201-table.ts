// NAS-Bench-201's table: what each of its 15,625 cells reaches on three data sets. For reading after a search, never during.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

/** Its place in a folder of data. */
export const tableIn = (dataFolder: string): string => join(dataFolder, 'nas-bench-201', 'nb201_accuracy.csv.gz')

/** The table's columns of test accuracies after 200 epochs in %, means over the benchmark's seeds. */
const COLUMNS = {
  cifar10: 'c10_test_200ep',
  cifar100: 'c100_test_200ep',
  'imagenet16-120': 'in16_test_200ep',
} as const
export type TabulatedDataset = keyof typeof COLUMNS
export const TABULATED_DATASETS = Object.keys(COLUMNS) as TabulatedDataset[]
export const TABULATED_EPOCHS = 200

export interface Tabulated {
  /** In %. */
  readonly accuracy: number
  /** Cells that are better. */
  readonly better: number
}

export class Table {
  readonly #columns: Readonly<Record<TabulatedDataset, ReadonlyMap<string, Tabulated>>>

  constructor(text: string) {
    const [head, ...rows] = text
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    const place = (name: string) => head!.indexOf(name)
    const ranked = (dataset: TabulatedDataset) => {
      const [cell, accuracy] = [place('arch'), place(COLUMNS[dataset])]
      return rank(rows.map((row) => [row[cell]!, Number(row[accuracy])]))
    }
    this.#columns = {
      cifar10: ranked('cifar10'),
      cifar100: ranked('cifar100'),
      'imagenet16-120': ranked('imagenet16-120'),
    }
  }

  get cells(): number {
    return this.#columns.cifar10.size
  }

  /** Its best cells on a data set, the best first; accuracies in %. */
  best(dataset: TabulatedDataset, most: number): { cell: string; accuracy: number }[] {
    return [...this.#columns[dataset]].slice(0, most).map(([cell, { accuracy }]) => ({ cell, accuracy }))
  }

  /** Over all its cells, in %. */
  mean(dataset: TabulatedDataset): number {
    const accuracies = [...this.#columns[dataset].values()].map(({ accuracy }) => accuracy)
    return accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length
  }

  /** What the table says of a cell, by its architecture string; null where it is not there. */
  find(cell: string, dataset: TabulatedDataset = 'cifar10'): Tabulated | null {
    return this.#columns[dataset].get(cell) ?? null
  }
}

function rank(cells: [string, number][]): Map<string, Tabulated> {
  const ranked = new Map<string, Tabulated>()
  let [better, least] = [0, Infinity]
  cells
    .sort(([, one], [, other]) => other - one)
    .forEach(([cell, accuracy], i) => {
      if (accuracy < least) [better, least] = [i, accuracy]
      ranked.set(cell, { accuracy, better })
    })
  return ranked
}

/** @throws what reading the file throws */
export async function readTable(file: string): Promise<Table> {
  const bytes = await readFile(file)
  const text = file.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes
  return new Table(text.toString('utf8'))
}
