// A secret that is shown this once, with a button that copies it.
import { useRef, useState } from 'react'

export function SecretBox({ label, secret, note }: { label: string; secret: string; note: string }) {
  const [copied, setCopied] = useState(false)
  const [selected, setSelected] = useState(false)
  const text = useRef<HTMLElement>(null)
  const copy = async () => {
    // Over plain http, and where it was not allowed, a page cannot copy: then the text is selected for who reads.
    const done = await navigator.clipboard?.writeText(secret).then(
      () => true,
      () => false,
    )
    if (done) return setCopied(true)
    getSelection()?.selectAllChildren(text.current!)
    setSelected(true)
  }
  return (
    <div className="secret-box" role="status">
      <p>
        <b>{label}</b> <span className="quiet">{note}</span>
      </p>
      <div className="secret-line">
        <code ref={text} tabIndex={0}>
          {secret}
        </code>
        <button type="button" className="button button-small" onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
      {selected && <p className="quiet">It is selected: copy it with Ctrl-C, or ⌘C.</p>}
    </div>
  )
}
