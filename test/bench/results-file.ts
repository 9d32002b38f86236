// Results of a benchmark that takes hours, a line of JSON each: what the file holds already is not measured again.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

export interface Result {
  readonly name: string
  readonly seed: number
  /** All that was asked: a result of other settings is another result. */
  readonly asked: object
}

export class ResultsFile<R extends Result> {
  readonly all: R[]

  /** @param file null keeps results in memory alone */
  constructor(readonly file: string | null) {
    this.all =
      file && existsSync(file)
        ? readFileSync(file, 'utf8')
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as R)
        : []
  }

  /** The result of this name, seed and settings: from the file, or measured now and added to it. */
  async get({ name, seed, asked }: Result, measure: () => Promise<Omit<R, 'name' | 'seed' | 'asked'>>): Promise<R> {
    const known = this.all.find(
      (one) => one.name === name && one.seed === seed && JSON.stringify(one.asked) === JSON.stringify(asked),
    )
    if (known) return known
    const result = { name, seed, ...(await measure()), asked } as unknown as R
    this.all.push(result)
    if (this.file) appendFileSync(this.file, `${JSON.stringify(result)}\n`)
    return result
  }
}
