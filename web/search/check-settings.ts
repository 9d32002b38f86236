// Checks what stands in the form with the server's own rules, and turns it into what startSearch takes.
import { searchSettingsSchema, type SearchSettings, type SearchSettingsInput } from '@cellboard/schema/settings'
import { SPACES, type SpaceName } from '@cellboard/schema/spaces'
import { clustersFromText, SETTING_FIELDS, type SettingName } from './setting-fields.js'

/** As typed: text for numbers, choices and clusters, booleans for switches; what is empty or absent is left to its default. */
export type FormValues = Partial<Record<SettingName, string | boolean>>

export interface CheckedForm {
  /** What to send; null while something is wrong. */
  readonly input: SearchSettingsInput | null
  readonly settings: SearchSettings | null
  readonly problems: Partial<Record<SettingName, string>>
}

export function checkSettings(values: FormValues): CheckedForm {
  const input: Record<string, unknown> = {}
  const problems: Partial<Record<SettingName, string>> = {}
  for (const { name, kind } of SETTING_FIELDS) {
    const value = values[name]
    if (value === undefined || value === '') continue
    if (kind === 'number') {
      input[name] = Number(value)
      if (Number.isNaN(input[name])) problems[name] = `Expected a number, but received ${String(value)}.`
    } else if (kind === 'clusters') input[name] = clustersFromText(String(value))
    else input[name] = value
  }
  const checked = searchSettingsSchema.safeParse(input)
  for (const issue of checked.error?.issues ?? []) {
    const name = issue.path[0] as SettingName
    problems[name] ??= issue.message
  }
  const right = checked.success && Object.keys(problems).length === 0
  return { input: right ? input : null, settings: right ? checked.data : null, problems }
}

/** Goes to another space: depths it cannot have become its least, and clusters of the old one's operators are forgotten. */
export function inSpace(values: FormValues, space: SpaceName): FormValues {
  const minCells = space === 'custom' ? 1 : SPACES[space].minCells
  const deep = (cells: FormValues[SettingName]) => (cells && Number(cells) < minCells ? String(minCells) : cells)
  const { clusters: _, stage1Cells, stage2Cells, ...rest } = values
  return {
    ...rest,
    space,
    ...(stage1Cells && { stage1Cells: deep(stage1Cells)! }),
    ...(stage2Cells && { stage2Cells: deep(stage2Cells)! }),
  }
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
