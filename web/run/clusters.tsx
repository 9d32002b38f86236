// The operators thought alike, group by group, with the representative that stands for its group in stage 1.
import type { OperatorCluster } from '@cellboard/schema/events'
import { OperatorChip } from './operator-chip.js'

export function Clusters({ clusters, origin }: { clusters: readonly OperatorCluster[]; origin: string | null }) {
  return (
    <section className="card" aria-labelledby="clusters-title">
      <div className="card-head">
        <h2 id="clusters-title">Clusters</h2>
        {origin && <span className="quiet">{origin}</span>}
      </div>
      {clusters.length === 0 ? (
        <p className="note">Operators that are alike are grouped before stage 1.</p>
      ) : (
        <>
          <p className="quiet">
            Stage 1 tries each group’s representative (★); stage 2 chooses within the group that won.
          </p>
          <ul className="clusters">
            {clusters.map(({ operators, representative }, i) => (
              <li key={representative} className="cluster">
                <span className="cluster-number number">{i + 1}</span>
                <ul className="chips" aria-label={`Cluster ${i + 1}`}>
                  {operators.map((name) => (
                    <li key={name}>
                      <OperatorChip name={name} {...(name === representative && { mark: '★' })} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
