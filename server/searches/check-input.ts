// Checks what a person asks for with the rules of schema/settings.ts, and names the field of each problem.
import { checkData } from '@cellboard/engine/facts'
import { resolveSettings, searchSettingsSchema, type ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { FieldProblem } from '../errors.js'
import type { GivenSearch } from './search.input.js'

export interface CheckedInput {
  readonly settings: ResolvedSearchSettings | null
  readonly problems: FieldProblem[]
}

export const LONGEST_NAME = 200

/** Settings with everything filled in, or null and what is wrong where. Missing data files are a problem of `dataset`. */
export function checkInput(input: GivenSearch, dataFolder: string): CheckedInput {
  const { name, method, ...given } = input
  const stated = Object.entries({ ...given, method: method?.toLowerCase() }).filter(([, value]) => value != null)
  const parsed = searchSettingsSchema.safeParse(Object.fromEntries(stated))
  const problems: FieldProblem[] = (parsed.error?.issues ?? []).map(({ path, message }) => ({
    path: path.join('.'),
    message,
  }))
  if (name && name.length > LONGEST_NAME)
    problems.push({
      path: 'name',
      message: `Expected at most ${LONGEST_NAME} characters, but received ${name.length}.`,
    })
  if (parsed.success) {
    const { problem } = checkData(parsed.data.dataset, dataFolder)
    if (problem) problems.push({ path: 'dataset', message: problem })
  }
  return { settings: parsed.success ? resolveSettings(parsed.data) : null, problems }
}
