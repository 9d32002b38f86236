// What a clustering compared: the mean silhouette of each number of clusters, the one that was taken marked.
import type { ClusterCut } from '@cellboard/schema/events'

const RULES: Readonly<Record<ClusterCut['rule'], string>> = {
  silhouette: 'The cut with the best mean silhouette was taken.',
  threshold: 'The cut stands at the distance that was asked for.',
  'k-means': 'k-means on mean feature maps; the number of clusters by mean silhouette.',
}

export function SilhouetteList({ cut, taken }: { cut: ClusterCut; taken: number }) {
  const best = Math.max(1e-9, ...cut.scores.map((score) => score.silhouette))
  return (
    <div className="silhouettes">
      <h3>How many clusters</h3>
      <p className="quiet">{RULES[cut.rule]}</p>
      <ul>
        {cut.scores.map(({ clusters, silhouette }) => (
          <li key={clusters} className={clusters === taken ? 'silhouette-taken' : undefined}>
            <span className="number">{clusters}</span>
            <span className="silhouette-bar" aria-hidden="true">
              <span style={{ width: `${(100 * Math.max(0, silhouette)) / best}%` }} />
            </span>
            <span className="number">
              {silhouette.toFixed(2)}
              {clusters === taken && <b> taken</b>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
