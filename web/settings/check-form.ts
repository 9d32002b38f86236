// Checks what stands in a form with the server's own rules, and turns it into what the API takes.
import type { z } from 'zod'
import { linesFromText, numbersFromText, type FormValues, type SettingField } from './setting-fields.js'

export interface CheckedForm<Name extends string, Input, Settings> {
  /** What to send; null while something is wrong. Its seed is the first of the seeds. */
  readonly input: Input | null
  readonly settings: Settings | null
  /** One run is started with each; empty: one with the usual seed. */
  readonly seeds: readonly number[]
  readonly problems: Partial<Record<Name, string>>
}

type Rules = z.ZodObject<{ seed: z.ZodType }>

/** @param values those that mean something, and no others */
export function checkForm<Name extends string, Schema extends Rules>(
  rules: Schema,
  fields: readonly SettingField<Name>[],
  values: FormValues<Name>,
): CheckedForm<Name, z.input<Schema>, z.output<Schema>> {
  const input: Record<string, unknown> = {}
  const problems: Record<string, string> = {}
  let seeds: readonly number[] = []
  const numberFrom = (name: string, text: string) => {
    const number = Number(text)
    if (Number.isNaN(number)) problems[name] ??= `Expected a number, but received ${text}.`
    return number
  }
  for (const { name, kind } of fields) {
    const value = values[name]
    if (value === undefined || value === '') continue
    if (kind === 'number') input[name] = numberFrom(name, String(value))
    else if (kind === 'numbers') {
      const numbers = numbersFromText(String(value)).map((text) => numberFrom(name, text))
      if (name === 'seed') [seeds, input.seed] = [numbers, numbers[0]]
      else input[name] = numbers
    } else if (kind === 'lines') input[name] = linesFromText(String(value))
    else input[name] = value
  }
  const seedWrong = seedProblem(seeds, rules)
  if (seedWrong) problems.seed ??= seedWrong
  const checked = rules.safeParse(input)
  for (const issue of checked.error?.issues ?? []) problems[String(issue.path[0])] ??= issue.message
  const right = checked.success && Object.keys(problems).length === 0
  return {
    input: right ? (input as z.input<Schema>) : null,
    settings: right ? checked.data : null,
    seeds,
    problems: problems as Partial<Record<Name, string>>,
  }
}

function seedProblem(seeds: readonly number[], rules: Rules): string | undefined {
  const wrong = seeds.find((seed) => !rules.shape.seed.safeParse(seed).success)
  if (wrong !== undefined) return `Expected whole numbers from 0 to 2147483647, but received ${wrong}.`
  const twice = seeds.find((seed, i) => seeds.indexOf(seed) < i)
  return twice === undefined ? undefined : `Expected each seed once, but received ${twice} twice.`
}
