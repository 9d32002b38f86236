// The ranking as a table: rows that move when places change, the own rows always in view, baselines apart.
import { useLayoutEffect, useRef } from 'react'
import { Link } from 'react-router'
import { agoText, clockText } from '../charts/number-text.js'
import { useNow } from '../run/use-now.js'
import type { BoardFacts, Row } from './board-query.js'
import {
  directionArrow,
  directionText,
  meanText,
  metricText,
  moveClass,
  movementText,
  spreadText,
} from './board-text.js'

const MOVE_MS = 350

/** Slides each row from where it was to where it is now; people who prefer no motion see it there at once. */
function useMovingRows(rows: readonly Row[]) {
  const body = useRef<HTMLTableSectionElement>(null)
  const before = useRef(new Map<string, number>())
  useLayoutEffect(() => {
    const tops = new Map<string, number>()
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    for (const row of body.current?.querySelectorAll<HTMLTableRowElement>('tr[data-id]') ?? []) {
      const { id } = row.dataset
      const top = row.offsetTop
      tops.set(id!, top)
      const was = before.current.get(id!)
      if (still || before.current.size === 0 || was === top) continue
      const from = was === undefined ? { opacity: 0 } : { transform: `translateY(${was - top}px)` }
      row.animate([from, { opacity: 1, transform: 'none' }], { duration: MOVE_MS, easing: 'ease-out' })
    }
    before.current = tops
  }, [rows])
  return body
}

const VERIFIED = {
  NONE: null,
  RUNNING: { text: 'repeating', className: 'badge-plain' },
  AGREES: { text: '✓ verified', className: 'badge-plain badge-good' },
  DISAGREES: { text: '✗ disagrees', className: 'badge-plain badge-bad' },
} as const

interface BoardTableProps {
  board: BoardFacts
  /** Of the own teams: their rows are marked. */
  own: ReadonlySet<string>
}

export function BoardTable({ board, own }: BoardTableProps) {
  const rows = board.entries.edges.map(({ node }) => node)
  const body = useMovingRows(rows)
  const ranked = board.revealed && board.rules.reveal ? board.rules.reveal.metric : board.rules.metric
  const columns = rows[0]?.figures ?? board.viewerEntries[0]?.figures ?? board.baselines[0]?.figures ?? []
  const elsewhere = board.viewerEntries.filter(({ id }) => !rows.some((row) => row.id === id))
  const decimals = board.rules.decimalsShown
  const now = useNow(rows.length > 0, 60_000)
  const width = 3 + Math.max(1, columns.length)
  const line = (row: Row) => (
    <Line key={row.id} row={row} decimals={decimals} isOwn={own.has(row.team?.id ?? '')} score={ranked} now={now} />
  )
  return (
    <div className="board-scroll" tabIndex={0} role="region" aria-label="The ranking">
      <table className="board-table">
        <thead>
          <tr>
            <th scope="col" className="number">
              Place
            </th>
            <th scope="col">
              <span className="sr-only">Movement since yesterday</span>
            </th>
            <th scope="col">Entry</th>
            {columns.map(({ name, pick }) => {
              const isScore = name === ranked.name && pick === ranked.pick
              return (
                <th
                  key={`${name} ${pick}`}
                  scope="col"
                  className="number"
                  aria-sort={isScore ? (ranked.direction === 'HIGHER' ? 'descending' : 'ascending') : undefined}
                >
                  {metricText({ name, pick })}
                  {isScore && (
                    <span title={directionText(ranked.direction)}>
                      {' '}
                      <span aria-hidden="true">{directionArrow(ranked.direction)}</span>
                      <span className="sr-only">, {directionText(ranked.direction)}</span>
                    </span>
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map(line)}
          {rows.length === 0 && (
            <tr>
              <td colSpan={width} className="quiet">
                Nothing is ranked here so far.
              </td>
            </tr>
          )}
        </tbody>
        {board.baselines.length > 0 && (
          <tbody className="board-baselines">
            <tr>
              <th colSpan={width} scope="rowgroup">
                Baselines, for comparison
              </th>
            </tr>
            {board.baselines.map(line)}
          </tbody>
        )}
        {elsewhere.length > 0 && (
          <tfoot>
            <tr>
              <th colSpan={width} scope="rowgroup">
                Your {elsewhere.length === 1 ? 'team' : 'teams'}
              </th>
            </tr>
            {elsewhere.map(line)}
          </tfoot>
        )}
      </table>
    </div>
  )
}

interface LineProps {
  row: Row
  decimals: number
  isOwn: boolean
  score: { readonly name: string; readonly pick: string }
  /** Milliseconds since 1970: ages are seen from it. */
  now: number
}

function Line({ row, decimals, isOwn, score, now }: LineProps) {
  const submitted = Date.parse(row.submittedAt)
  const tied = row.tiedAbove || row.tiedBelow
  const { mark, said } = row.baseline ? { mark: '', said: '' } : movementText(row.movement)
  const badge = VERIFIED[row.verification]
  return (
    <tr data-id={row.baseline ? undefined : row.id} className={isOwn ? 'board-own' : undefined}>
      <td className="number board-place">
        {row.baseline ? (
          <span className="quiet" title="The place that it would have">
            {row.wouldRank === null ? '–' : `(${row.wouldRank})`}
          </span>
        ) : (
          <>
            {tied && (
              <span title="The spread over seeds cannot tell it from its neighbour" className="board-tie">
                <span aria-hidden="true">=</span>
                <span className="sr-only">tied, </span>
              </span>
            )}
            {row.rank}
          </>
        )}
      </td>
      <td className={`number board-move ${moveClass(row.movement)}`}>
        <span aria-hidden="true">{mark}</span>
        <span className="sr-only">{said}</span>
      </td>
      <td className="board-title">
        <Link to={`/entries/${encodeURIComponent(row.id)}`}>{row.title}</Link>{' '}
        {badge && <span className={badge.className}>{badge.text}</span>}
        <span className="quiet">
          {row.baseline ? (
            row.source
          ) : (
            <>
              {row.team?.name} ·{' '}
              <time dateTime={row.submittedAt} title={clockText(submitted)}>
                {agoText(submitted, now)}
              </time>
            </>
          )}
        </span>
      </td>
      {row.figures.map((figure) => (
        <td
          key={`${figure.name} ${figure.pick}`}
          className={`number ${figure.name === score.name && figure.pick === score.pick ? 'board-score' : ''}`}
        >
          {meanText(figure, decimals)}
          <span className="board-spread">{spreadText(figure, decimals)}</span>
        </td>
      ))}
    </tr>
  )
}
