// What the seeds found: each different cell once, with how many seeds found it and which, drawn on demand.
import { genotypeText } from '@cellboard/schema/genotype-text'
import { useState } from 'react'
import { Link } from 'react-router'
import { architecturePath } from '../architecture/architecture-link.js'
import { DrawnCell } from '../cell/drawn-cell.js'
import type { Group } from './group-query.js'

export function FoundCells({ found, runs }: Pick<Group, 'found' | 'runs'>) {
  // The most frequent one is drawn at once: people look rather than read.
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set([0]))
  const toggle = (place: number) => {
    const next = new Set(open)
    if (!next.delete(place)) next.add(place)
    setOpen(next)
  }
  return (
    <section className="card" aria-labelledby="found-title">
      <div className="card-head">
        <h2 id="found-title">Cells that were found</h2>
        <span className="quiet number">
          {found.length} different of {found.reduce((sum, { seeds }) => sum + seeds.length, 0)}
        </span>
      </div>
      {found.length === 0 ? (
        <p className="note">What the seeds find is gathered here as they end.</p>
      ) : (
        <ul className="candidates">
          {found.map(({ genotype, seeds, architecture }, place) => (
            <li key={architecture.id} className={place === 0 ? 'candidate candidate-best' : 'candidate'}>
              <button
                type="button"
                className="found-row number"
                aria-expanded={open.has(place)}
                onClick={() => toggle(place)}
              >
                <b>{seeds.length}×</b>
                <span className="silhouette-bar" aria-hidden="true">
                  <span style={{ width: `${(100 * seeds.length) / Math.max(1, runs.length)}%` }} />
                </span>
                <span className="quiet">
                  {seeds.length === 1 ? 'seed' : 'seeds'} {seeds.join(', ')}
                </span>
              </button>
              {open.has(place) && (
                <div className="candidate-cells">
                  <DrawnCell genotype={genotype} kind="normal" />
                  {genotype.reduction && <DrawnCell genotype={genotype} kind="reduction" />}
                  <pre className="code" tabIndex={0} aria-label={`Genotype of seeds ${seeds.join(', ')}`}>
                    {genotypeText(genotype)}
                  </pre>
                  <Link to={architecturePath(architecture.id)}>All runs of this cell</Link>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
