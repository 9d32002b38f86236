// Names, notes and reasons as people hand them in: the rules are the same wherever they come in.
import { nameSchema } from '@cellboard/schema/people'
import { badField } from '../errors.js'

const MOST_NOTES = 20_000
const MOST_REASON = 500

/** Without blanks around it. `most` characters where a longer name is allowed than schema/people.ts has it. @throws BAD_USER_INPUT */
export function checkedName(name: string, { path = 'name', most }: { path?: string; most?: number } = {}): string {
  const { data, error } = (most === undefined ? nameSchema : nameSchema.max(most)).safeParse(name)
  if (error) throw badField(path, error.issues[0]!.message)
  return data
}

/** @throws BAD_USER_INPUT */
export function checkedNotes(notes: string): string {
  if (notes.length <= MOST_NOTES) return notes
  throw badField('notes', `Expected at most ${MOST_NOTES} characters, but received ${notes.length}.`)
}

/** Without blanks around it; never empty. @throws BAD_USER_INPUT */
export function checkedReason(reason: string, path: string): string {
  const text = reason.trim()
  if (text.length >= 1 && text.length <= MOST_REASON) return text
  throw badField(path, `Expected 1 to ${MOST_REASON} characters, but received ${text.length}.`)
}
