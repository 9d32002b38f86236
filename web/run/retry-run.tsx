// Starts a run anew that ended without a result, and goes to the page of the new one.
import { useState } from 'react'
import { useNavigate } from 'react-router'

interface RetryRunProps {
  id: string
  /** Resolves to the id of the new run, or rejects with the sentence that says why there is none. */
  retry: (id: string) => Promise<string>
}

export function RetryRun({ id, retry }: RetryRunProps) {
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const again = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await navigate(`/runs/${encodeURIComponent(await retry(id))}`)
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={busy}
        title="A new run with the same settings, seed and project"
        onClick={() => void again()}
      >
        {busy ? 'Starting…' : 'Start again'}
      </button>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}
