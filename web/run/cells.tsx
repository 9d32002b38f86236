// The cell as it would be derived now, or as it was found: drawn, told in words, and as text to copy.
import type { Genotype } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { useState, type ReactNode } from 'react'
import { DrawnCell } from '../cell/drawn-cell.js'

interface CellsProps {
  /** What it is called once it is final. */
  title: string
  genotype: Genotype | null
  final: boolean
  /** Said beside the title while it is not final. */
  when: string
  /** Stands beside the title once it is final: where it leads. */
  link?: ReactNode
}

export function Cells({ title, genotype, final, when, link }: CellsProps) {
  return (
    <section className="card" aria-labelledby="cell-title">
      <div className="card-head">
        <h2 id="cell-title">{final ? title : 'The cell so far'}</h2>
        {genotype && (final ? link : <span className="quiet">{when}</span>)}
      </div>
      {genotype ? (
        <>
          <DrawnCell genotype={genotype} kind="normal" />
          {genotype.reduction && <DrawnCell genotype={genotype} kind="reduction" />}
          <GenotypeText genotype={genotype} />
        </>
      ) : (
        <p className="note">After each epoch the cell that would be derived is drawn here.</p>
      )}
    </section>
  )
}

function GenotypeText({ genotype }: { genotype: Genotype }) {
  const text = genotypeText(genotype)
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true)
        setTimeout(() => setCopied(false), 2000)
      },
      // The clipboard may be forbidden; the text stands there to be selected.
      () => setCopied(false),
    )
  return (
    <div className="genotype">
      <div className="card-head">
        <h3>Genotype</h3>
        <button type="button" className="button button-quiet button-small" onClick={() => void copy()}>
          <span role="status">{copied ? 'Copied' : 'Copy'}</span>
        </button>
      </div>
      <pre className="code" tabIndex={0} aria-label="Genotype text">
        {text}
      </pre>
    </div>
  )
}
