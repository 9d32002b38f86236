// Every code a client can see: on a refused request (extensions.code) and on a failed run (failure.code).
import { z } from 'zod'

/** Refusals, with Apollo's own codes where it has one. */
export const REQUEST_ERROR_CODES = [
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'BAD_REQUEST', // not a request of this protocol; `limit` names the rule
  'LIMIT_EXCEEDED', // `limit` and `most` say which and how much; asking again changes nothing
  'RATE_LIMITED', // may be tried again after `retryAfterSeconds`
  'TIMED_OUT',
  'INTERNAL_SERVER_ERROR',
] as const
export type RequestErrorCode = (typeof REQUEST_ERROR_CODES)[number]

/** Why a run failed; each is the experiment's outcome, not the server's mistake. */
export const FAILURE_CODES = [
  'DIVERGED', // a loss that is not a finite number
  'DATA_NOT_FOUND',
  'BAD_DATA', // truncated, wrong size, labels out of range
  'BAD_CHECKPOINT',
  'BAD_SETTINGS',
  'BACKEND_UNAVAILABLE',
  'OUT_OF_MEMORY',
  'DISK_FULL',
  'ENGINE_DIED', // the machine failed under it more often than it is retried
  'REPORTED', // by the program elsewhere that logged the run
  'INTERNAL',
] as const
export const failureSchema = z.object({
  code: z.enum(FAILURE_CODES),
  /** What was expected and what came. */
  message: z.string(),
  /** What to do about it. */
  hint: z.string(),
})
export type Failure = z.infer<typeof failureSchema>
export type FailureCode = Failure['code']
