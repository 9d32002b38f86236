// Refusals by a limit: which one, how much it allows and how much came; the same words over HTTP and on sockets.
import { GraphQLError } from 'graphql'
import type { Response } from 'express'
import { badInput } from '../errors.js'
import { countedBy, type LimitName } from './limits.js'
import { currentScope } from './scope.js'

/** LIMIT_EXCEEDED: `limit` names the rule, `most` what it allows, `received` what came, where it was counted to the end. */
export const limitExceeded = (
  name: LimitName,
  most: number,
  received: number | null,
  message = sentence(name, most, received),
) => {
  const counted = received !== null && Number.isFinite(received)
  const extensions = { code: 'LIMIT_EXCEEDED', limit: name, most, ...(counted && { received }) }
  return new GraphQLError(message, { extensions })
}

const sentence = (name: LimitName, most: number, received: number | null) =>
  name === 'depth' && received !== null
    ? `Expected fields nested at most ${most} deep, but received ${received}.`
    : `Expected at most ${most} ${countedBy(name)}, but received ${received === null ? 'more' : received}.`

/** RATE_LIMITED: may be tried again after `retryAfterSeconds`. */
export const rateLimited = (name: LimitName, most: number, retryAfterSeconds: number) =>
  new GraphQLError(
    `Expected at most ${most} ${countedBy(name)}, but received more. Try again in ${retryAfterSeconds} s.`,
    { extensions: { code: 'RATE_LIMITED', limit: name, most, retryAfterSeconds } },
  )

/** BAD_REQUEST: not a request of this protocol; `rule` names what it breaks. */
export const badRequest = (rule: string, message: string) =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', limit: rule } })

/** BAD_USER_INPUT: the store takes U+0000 for the end of a statement. */
export const cutText = () =>
  badInput('Expected texts without the character U+0000, but received one with it. Leave it out.')
export const isCut = (text: string) => text.includes('\u0000')

/** For counting: the limit that refused, or else the code. */
export function ruleOf({ extensions: { limit, code } }: GraphQLError): string {
  if (typeof limit === 'string') return limit
  return typeof code === 'string' ? code : 'GRAPHQL_VALIDATION_FAILED'
}

/** Answers with one refusal, in the form of the API. */
export function refuse(response: Response, status: number, error: GraphQLError): void {
  const { requestId } = currentScope() ?? {}
  const { message, extensions } = error
  response
    .status(status)
    .json({ errors: [{ message, extensions: { ...extensions, ...(requestId && { requestId }) } }] })
}
