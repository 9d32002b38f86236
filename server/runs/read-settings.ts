// Reads settings that a person gave by the rules of schema/, and names the field of each problem.
import type { z } from 'zod'
import { badInput, type FieldProblem } from '../errors.js'

export const LONGEST_NAME = 200

/** Settings with everything filled in, or null, and what is wrong where. */
export interface CheckedInput<Settings> {
  readonly settings: Settings | null
  readonly problems: FieldProblem[]
}

/** What an input says by the rules of its settings: null stands for a field that is left out. */
export function readSettings<Rules extends z.ZodType>(
  rules: Rules,
  { name, ...given }: { name?: string },
): CheckedInput<z.output<Rules>> {
  const stated = Object.entries(given).filter(([, value]) => value != null)
  const parsed = rules.safeParse(Object.fromEntries(stated))
  const problems: FieldProblem[] = (parsed.error?.issues ?? []).map(({ path, message }) => ({
    path: path.join('.'),
    message,
  }))
  if (name && name.length > LONGEST_NAME)
    problems.push({
      path: 'name',
      message: `Expected at most ${LONGEST_NAME} characters, but received ${name.length}.`,
    })
  return { settings: parsed.success ? parsed.data : null, problems }
}

/** @throws BAD_USER_INPUT with each problem at its field */
export function onlyPossible<Settings>(what: string, { settings, problems }: CheckedInput<Settings>): Settings {
  if (settings && problems.length === 0) return settings
  const sentences = problems.map(({ message }) => message).join(' ')
  throw badInput(`Expected settings of a ${what} that is possible: ${sentences}`, problems)
}
