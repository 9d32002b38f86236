// How alike the operators are: their correlations as a heat map, the dendrogram beside it with its cut, the clusters outlined.
import type { ClusterCut, Correlation, Merge, OperatorCluster } from '@cellboard/schema/events'
import { useElementSize } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { numberText } from '../charts/number-text.js'
import { roundTicks } from '../charts/ticks.js'
import { clusterRuns, layoutDendrogram } from './dendrogram.js'
import { operatorLook } from '../cell/operator-chip.js'

interface CorrelationMapProps {
  correlation: Correlation
  clusters: readonly OperatorCluster[]
  linkage: readonly Merge[]
  cut: ClusterCut | undefined
}

const LABELS = 104
const HEAD = 82
const FOOT = 34
const GAP = 8

/** -1 to 1 with two digits and no zero before the point; JSON brings what is no number as null. */
const rhoText = (rho: number | null | undefined) =>
  typeof rho === 'number' && Number.isFinite(rho) ? rho.toFixed(2).replace(/^(-?)0\./, '$1.') : '–'

export function CorrelationMap({ correlation, clusters, linkage, cut }: CorrelationMapProps) {
  const { operators, rho, unseen = [] } = correlation
  const { ref, width } = useElementSize()
  const [pointed, setPointed] = useState<readonly [number, number] | null>(null)
  const clusterAt = useMemo(
    () => operators.map((name) => clusters.findIndex((cluster) => cluster.operators.includes(name))),
    [operators, clusters],
  )
  const { order, branches, tallest } = useMemo(() => {
    const laid = layoutDendrogram(operators.length, linkage)
    // Without a dendrogram (k-means) clusters bring their members together.
    return linkage.length > 0 ? laid : { ...laid, order: laid.order.toSorted((a, b) => clusterAt[a]! - clusterAt[b]!) }
  }, [operators, linkage, clusterAt])
  const runs = clusterRuns(order, (leaf) => clusterAt[leaf]!)
  const stands = new Set<string>(clusters.map((cluster) => cluster.representative))

  const tree = linkage.length > 0 ? Math.max(48, Math.min(220, width * 0.26)) : 0
  const cell = Math.max(14, Math.min(46, (width - LABELS - tree - GAP - 6) / operators.length))
  const side = cell * operators.length
  const scale = Math.max(tallest, cut?.height ?? 0) * 1.04 || 1
  const atX = (height: number) => LABELS + side + GAP + (height / scale) * (tree - 10)
  const atY = (place: number) => HEAD + (place + 0.5) * cell
  const name = (place: number) => operatorLook(operators[order[place]!]!).label
  /** Null where no edge offers both: their correlation is taken to be 0, not measured. */
  const value = (row: number, column: number) => {
    const [a, b] = [operators[order[row]!]!, operators[order[column]!]!]
    const together = !unseen.some((pair) => a !== b && pair.includes(a) && pair.includes(b))
    return together ? rho[order[row]!]?.[order[column]!] : null
  }
  const told = clusters
    .map((cluster) => cluster.operators.map((one) => operatorLook(one).label).join(' and '))
    .join('; ')
  return (
    <div ref={ref} className="correlation">
      {width > 0 && (
        <svg
          width={width}
          height={HEAD + side + FOOT}
          role="img"
          aria-label={`Correlations of ${operators.length} operators and their dendrogram. Clusters: ${told}.`}
          onPointerLeave={() => setPointed(null)}
        >
          {order.map((leaf, place) => {
            const { label, colour } = operatorLook(operators[leaf]!)
            const on = pointed?.includes(place) ? 'correlation-on' : undefined
            return (
              <g key={operators[leaf]} className={on}>
                <rect x={LABELS - 14} y={atY(place) - 5} width={10} height={10} rx={3} fill={colour} />
                <text x={LABELS - 19} y={atY(place) + 4} textAnchor="end">
                  {stands.has(operators[leaf]!) ? '★ ' : ''}
                  {label}
                </text>
                <text transform={`translate(${LABELS + (place + 0.5) * cell + 4} ${HEAD - 6}) rotate(-90)`}>
                  {label}
                </text>
              </g>
            )
          })}
          {order.map((_, row) =>
            order.map((_, column) => {
              const its = value(row, column)
              const known = typeof its === 'number' && Number.isFinite(its)
              return (
                <g key={`${row}-${column}`} onPointerEnter={() => setPointed([row, column])}>
                  <rect
                    x={LABELS + column * cell + 0.5}
                    y={HEAD + row * cell + 0.5}
                    width={cell - 1}
                    height={cell - 1}
                    rx={2}
                    fill={its! < 0 ? 'var(--unlike)' : 'var(--alike)'}
                    fillOpacity={known ? 0.05 + 0.95 * Math.min(1, Math.abs(its)) : 0}
                  />
                  {cell >= 28 && (
                    <text
                      className="correlation-rho"
                      x={LABELS + (column + 0.5) * cell}
                      y={atY(row) + 4}
                      textAnchor="middle"
                    >
                      {rhoText(its)}
                    </text>
                  )}
                </g>
              )
            }),
          )}
          {runs.map(({ cluster, from, to }) => (
            <rect
              key={`${cluster}-${from}`}
              className="correlation-cluster"
              x={LABELS + from * cell}
              y={HEAD + from * cell}
              width={(to - from + 1) * cell}
              height={(to - from + 1) * cell}
              rx={3}
            />
          ))}
          {branches.map(({ height, arms: [a, b] }, i) => (
            <path
              key={i}
              className={cut?.height != null && height > cut.height ? 'branch branch-cut' : 'branch'}
              d={`M${atX(a.height)} ${atY(a.at)}H${atX(height)}V${atY(b.at)}H${atX(b.height)}`}
            />
          ))}
          {tree > 0 && (
            <g>
              <line className="small-axis" x1={atX(0)} x2={atX(scale)} y1={HEAD + side + 3} y2={HEAD + side + 3} />
              {roundTicks(0, scale, tree > 120 ? 4 : 2).map((tick) => (
                <text key={tick} x={atX(tick)} y={HEAD + side + 16} textAnchor="middle">
                  {tick}
                </text>
              ))}
              <text x={atX(scale / 2)} y={HEAD + side + 30} textAnchor="middle">
                1 − correlation
              </text>
              {cut?.height != null && (
                <g className="correlation-cut">
                  <line x1={atX(cut.height)} x2={atX(cut.height)} y1={HEAD - 4} y2={HEAD + side + 3} />
                  <text
                    x={atX(cut.height)}
                    y={HEAD - 9}
                    textAnchor={cut.height > scale * 0.7 ? 'end' : cut.height < scale * 0.2 ? 'start' : 'middle'}
                  >
                    cut {numberText(Number(cut.height.toPrecision(2)))}
                  </text>
                </g>
              )}
            </g>
          )}
        </svg>
      )}
      <p className="correlation-readout number" aria-hidden="true">
        {pointed && pointed[0] !== pointed[1] ? (
          <>
            {name(pointed[0])} and {name(pointed[1])}: <b>{rhoText(value(pointed[0], pointed[1]))}</b>
          </>
        ) : (
          <>
            ★ stands for its cluster; measured on {correlation.images.toLocaleString('en-US')} images,{' '}
            {correlation.edges} {correlation.edges === 1 ? 'edge' : 'edges'}
            {unseen.length > 0 && '; – where no edge offers both'}
          </>
        )}
      </p>
    </div>
  )
}
