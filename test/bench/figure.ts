// What a benchmark answers: one figure, what it should be, whether it is, and under which conditions it was measured.
import { cpus, totalmem } from 'node:os'

export interface Figure {
  readonly name: string
  /** The one number that counts; null where it could not be taken on this machine, with the reason among the conditions. */
  readonly figure: number | null
  readonly unit: string
  readonly target: string
  /** Whether the target is met; null where there is none or no figure. */
  readonly holds: boolean | null
  readonly conditions: Readonly<Record<string, string | number | boolean | null>>
  /** Further numbers by name: percentiles, parts of the whole. */
  readonly [more: string]: unknown
}

/** Tells on standard error what it is at, and answers its figure. */
export type Benchmark = (args: readonly string[], tell: (what: string) => void) => Promise<object>

/** The machine, as conditions. */
export const machine = () => ({
  node: process.version,
  cores: cpus().length,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  memoryGB: Math.round(totalmem() / 1e9),
})
