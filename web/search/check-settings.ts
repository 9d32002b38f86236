// Checks what stands in the form with the server's own rules, and turns it into what startSearch takes.
import { searchSettingsSchema, type SearchSettings, type SearchSettingsInput } from '@cellboard/schema/settings'
import { spaceOf, SpaceFileError } from '@cellboard/schema/space-of'
import type { SpaceName } from '@cellboard/schema/spaces'
import { applies } from './applies.js'
import { clustersFromText, numbersFromText, SETTING_FIELDS, type SettingName } from './setting-fields.js'
import { SPACE_EXAMPLE } from './space-example.js'

/** As typed: text for numbers, choices and clusters, booleans for switches; what is empty or absent is left to its default. */
export type FormValues = Partial<Record<SettingName, string | boolean>>

export interface CheckedForm {
  /** What to send; null while something is wrong. Its seed is the first of the seeds. */
  readonly input: SearchSettingsInput | null
  readonly settings: SearchSettings | null
  /** One search is started with each; empty: one with the usual seed. */
  readonly seeds: readonly number[]
  readonly problems: Partial<Record<SettingName, string>>
}

export function checkSettings(values: FormValues): CheckedForm {
  const input: Record<string, unknown> = {}
  const problems: Partial<Record<SettingName, string>> = {}
  let seeds: readonly number[] = []
  const numberFrom = (name: SettingName, text: string) => {
    const number = Number(text)
    if (Number.isNaN(number)) problems[name] ??= `Expected a number, but received ${text}.`
    return number
  }
  for (const { name, kind } of SETTING_FIELDS) {
    const value = values[name]
    if (value === undefined || value === '' || !applies(name, values)) continue
    if (kind === 'number') input[name] = numberFrom(name, String(value))
    else if (kind === 'numbers') {
      const numbers = numbersFromText(String(value)).map((text) => numberFrom(name, text))
      if (name === 'seed') [seeds, input.seed] = [numbers, numbers[0]]
      else input[name] = numbers
    } else if (kind === 'clusters') input[name] = clustersFromText(String(value))
    else input[name] = value
  }
  if (values.space === 'custom') input.spaceText ??= ''
  problems.seed ??= seedProblem(seeds)
  if (problems.seed === undefined) delete problems.seed
  const checked = searchSettingsSchema.safeParse(input)
  for (const issue of checked.error?.issues ?? []) {
    const name = issue.path[0] as SettingName
    problems[name] ??= issue.message
  }
  const right = checked.success && Object.keys(problems).length === 0
  return { input: right ? input : null, settings: right ? checked.data : null, seeds, problems }
}

function seedProblem(seeds: readonly number[]): string | undefined {
  const wrong = seeds.find((seed) => !searchSettingsSchema.shape.seed.safeParse(seed).success)
  if (wrong !== undefined) return `Expected whole numbers from 0 to 2147483647, but received ${wrong}.`
  const twice = seeds.find((seed, i) => seeds.indexOf(seed) < i)
  return twice === undefined ? undefined : `Expected each seed once, but received ${twice} twice.`
}

/** Smallest depth of the form's space; 1 while its file is not whole. */
function leastDepth({ space, spaceText }: FormValues): number {
  try {
    return spaceOf({ space: space as SpaceName, spaceText: String(spaceText ?? '') }).minCells
  } catch (error) {
    if (error instanceof SpaceFileError) return 1
    throw error
  }
}

/** Goes to another space: depths it cannot have become its least, and clusters of the old one's operators are forgotten. */
export function inSpace(values: FormValues, space: SpaceName): FormValues {
  const { clusters: _, ...rest } = values
  const moved: FormValues = { ...rest, space }
  if (space === 'custom') moved.spaceText = values.spaceText || SPACE_EXAMPLE
  const minCells = leastDepth(moved)
  for (const key of ['stage1Cells', 'stage2Cells', 'clusteringCells', 'finalCells'] as const)
    if (moved[key] && Number(moved[key]) < minCells) moved[key] = String(minCells)
  return moved
}

/** Settings that end in minutes, to see a whole search at once. */
export const QUICK_LOOK: FormValues = {
  dataset: 'digits',
  space: 'nas-bench-201',
  epochs: '6',
  images: '1024',
  batch: '64',
  channels: '8',
  stage1Cells: '1',
  stage2Cells: '1',
  trainShare: '0.8',
}
