// A secret that is shown this once, with a button that copies it.
import { useState } from 'react'

export function SecretBox({ label, secret, note }: { label: string; secret: string; note: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(secret)
    setCopied(true)
  }
  return (
    <div className="secret-box" role="status">
      <p>
        <b>{label}</b> <span className="quiet">{note}</span>
      </p>
      <div className="secret-line">
        <code tabIndex={0}>{secret}</code>
        <button type="button" className="button button-small" onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
    </div>
  )
}
