// The cells that a random search has trained, the best first, each with its drawing on demand.
import type { RunSeen } from '@cellboard/schema/progress'
import { useState } from 'react'
import { countText, durationText, percentText, shortCountText } from '../charts/number-text.js'
import { DrawnCell } from '../cell/drawn-cell.js'

/** JSON brings a NaN as null; it ranks last. */
const accuracyOf = ({ validationAccuracy }: { validationAccuracy: number | null }) => validationAccuracy ?? NaN

export function Candidates({ seen, samples }: { seen: RunSeen; samples: number }) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const ranked = seen.candidates.toSorted((a, b) => (accuracyOf(b) || 0) - (accuracyOf(a) || 0) || a.number - b.number)
  const best = accuracyOf(ranked[0] ?? { validationAccuracy: 1 })
  const toggle = (number: number) => {
    const next = new Set(open)
    if (!next.delete(number)) next.add(number)
    setOpen(next)
  }
  return (
    <section className="card" aria-labelledby="candidates-title">
      <div className="card-head">
        <h2 id="candidates-title">Random cells</h2>
        <span className="quiet number">
          {ranked.length} of {samples} trained
        </span>
      </div>
      {ranked.length === 0 ? (
        <p className="note">Each cell that is trained appears here, the best first.</p>
      ) : (
        <ol className="candidates">
          {ranked.map((candidate, place) => {
            const { number, genotype, parameters, seconds } = candidate
            const accuracy = accuracyOf(candidate)
            const shown = open.has(number)
            return (
              <li key={number} className={place === 0 ? 'candidate candidate-best' : 'candidate'}>
                <button
                  type="button"
                  className="candidate-row number"
                  aria-expanded={shown}
                  onClick={() => toggle(number)}
                >
                  <span className="candidate-place">{place === 0 ? '★' : place + 1}</span>
                  <span className="candidate-name">
                    Cell {number}
                    {place === 0 && <span className="sr-only">, the best</span>}
                  </span>
                  <span className="silhouette-bar" aria-hidden="true">
                    <span style={{ width: `${(100 * (accuracy || 0)) / (best || 1)}%` }} />
                  </span>
                  <b>{percentText(accuracy)}</b>
                  <span className="candidate-facts quiet" title={`${countText(parameters)} parameters`}>
                    {shortCountText(parameters)} parameters · {durationText(seconds)}
                  </span>
                </button>
                {shown && (
                  <div className="candidate-cells">
                    <DrawnCell genotype={genotype} kind="normal" />
                    {genotype.reduction && <DrawnCell genotype={genotype} kind="reduction" />}
                  </div>
                )}
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}
