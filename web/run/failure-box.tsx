// Why a run failed: code, what was expected and what came, what to do.
import type { Failure } from '@cellboard/schema/error-codes'

interface FailureBoxProps {
  failure: Pick<Failure, 'message' | 'hint'> & { code: string }
  /** What kind of run it was. */
  noun: string
}

export function FailureBox({ failure, noun }: FailureBoxProps) {
  return (
    <section className="failure" role="alert" aria-labelledby="failure-title">
      <h2 id="failure-title">
        The {noun} failed <code>{failure.code}</code>
      </h2>
      <p>{failure.message}</p>
      {failure.hint && (
        <p>
          <b>What to do:</b> {failure.hint}
        </p>
      )}
      <p className="quiet">What it measured before that is kept below.</p>
    </section>
  )
}
