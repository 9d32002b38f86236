// How a request is refused: a code for programs, a sentence for people.
import type { RequestErrorCode } from '@cellboard/schema/error-codes'
import { GraphQLError } from 'graphql'

/** What is wrong at one field of an input: `epochs`, `clusters.0.1`. */
export interface FieldProblem {
  readonly path: string
  readonly message: string
}

/** With a code for programs; most have a function of their own below. */
export const refusal = (code: RequestErrorCode, message: string, more: object = {}) =>
  new GraphQLError(message, { extensions: { code, ...more } })

/** BAD_USER_INPUT: told at the field where there is one. */
export const badInput = (message: string, fields: readonly FieldProblem[] = []) =>
  refusal('BAD_USER_INPUT', message, { fields })

/** BAD_USER_INPUT for one field. */
export const badField = (path: string, message: string) => badInput(message, [{ path, message }])

/** UNAUTHENTICATED: the request carries no session, or one that has ended. */
export const unauthenticated = (
  message = 'Expected a session, but received none. Open the sign-in link that the server printed.',
) => refusal('UNAUTHENTICATED', message)

/** NOT_FOUND: also for things that are there but not for this viewer. */
export const notFound = (what: string, id: string) =>
  refusal('NOT_FOUND', `Expected ${what}, but found none with id "${id}".`)

/** FORBIDDEN: for what is seen but may not be done; says what it would take. */
export const forbidden = (message: string) => refusal('FORBIDDEN', message)

/** CONFLICT: possible in general, but too late now. */
export const conflict = (message: string) => refusal('CONFLICT', message)
