// Checks what a person asks for with the rules of schema/settings.ts, and names the field of each problem.
import { checkData } from '@cellboard/engine/facts'
import { resolveSettings, searchSettingsSchema, type ResolvedSearchSettings } from '@cellboard/schema/settings'
import { readSettings, type CheckedInput } from '../runs/read-settings.js'
import type { GivenSearch } from './search.input.js'

/** Settings with everything filled in, or null and what is wrong where. Missing data files are a problem of `dataset`. */
export function checkInput(input: GivenSearch, dataFolder: string): CheckedInput<ResolvedSearchSettings> {
  const given = { ...input, method: input.method?.toLowerCase() }
  const { settings, problems } = readSettings(searchSettingsSchema, given)
  if (!settings) return { settings, problems }
  const { problem } = checkData(settings.dataset, dataFolder)
  if (problem) problems.push({ path: 'dataset', message: problem })
  return { settings: resolveSettings(settings), problems }
}
