// What an experiment can fail with: a code for programs, a sentence for people, and what to do about it.
import type { Failure, FailureCode } from '@cellboard/schema/error-codes'

/** Ends a run as FAILED with `{ code, message, hint }`; anything else thrown is the engine's own mistake. */
export class EngineError extends Error {
  override readonly name = 'EngineError'

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly hint: string,
  ) {
    super(message)
  }

  get failure(): Failure {
    return { code: this.code, message: this.message, hint: this.hint }
  }
}
