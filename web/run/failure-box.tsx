// Why a run failed: code, what was expected and what came, what to do.
import type { Failure } from '@cellboard/schema/error-codes'

export function FailureBox({ failure }: { failure: Pick<Failure, 'message' | 'hint'> & { code: string } }) {
  return (
    <section className="failure" role="alert" aria-labelledby="failure-title">
      <h2 id="failure-title">
        The search failed <code>{failure.code}</code>
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
