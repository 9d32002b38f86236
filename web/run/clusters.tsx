// Which operators are alike: group by group with the representative of each and, where that was measured, the picture it comes from.
import type { OperatorCluster } from '@cellboard/schema/events'
import type { RunSeen } from '@cellboard/schema/progress'
import { CorrelationMap } from './correlation-map.js'
import { OperatorChip } from '../cell/operator-chip.js'
import { SilhouetteList } from './silhouette-list.js'

type Clustering = RunSeen['clusterings'][number]

export function Clusters({ clusterings }: { clusterings: readonly Clustering[] }) {
  const origin = clusterings[0]?.origin
  return (
    <section className="card" aria-labelledby="clusters-title">
      <div className="card-head">
        <h2 id="clusters-title">Clusters</h2>
        {origin && <span className="quiet">{origin}</span>}
      </div>
      {clusterings.length === 0 ? (
        <p className="note">Operators that are alike are grouped before stage 1.</p>
      ) : (
        <>
          <p className="quiet">
            Stage 1 tries each group’s representative (★); stage 2 chooses within the group that won.
          </p>
          {clusterings.map((clustering) => (
            <OneClustering key={clustering.cell ?? 'both'} clustering={clustering} />
          ))}
        </>
      )}
    </section>
  )
}

function OneClustering({ clustering }: { clustering: Clustering }) {
  const { cell, clusters, correlation, linkage, cut } = clustering
  return (
    <div className="clustering">
      {cell && <h3>{cell === 'normal' ? 'Normal cells' : 'Reduction cells'}</h3>}
      <div className={correlation || cut ? 'clustering-measured' : undefined}>
        {correlation && (
          <CorrelationMap correlation={correlation} clusters={clusters} linkage={linkage ?? []} cut={cut} />
        )}
        <div className="clustering-side">
          <ClusterList clusters={clusters} />
          {cut && cut.scores.length > 0 && <SilhouetteList cut={cut} taken={clusters.length} />}
        </div>
      </div>
    </div>
  )
}

const ClusterList = ({ clusters }: { clusters: readonly OperatorCluster[] }) => (
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
)
