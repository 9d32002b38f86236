// A board, live: the ranking, what moved, what it costs, who was best when, and the rules by which all this is so.
import { useEffect, useRef, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { BestCard } from '../board/best-chart.js'
import { BOARD, CHANGED, type Change } from '../board/board-query.js'
import { BoardTable } from '../board/board-table.js'
import '../board/board.css'
import { ManageCard } from '../board/manage-card.js'
import { ParetoCard } from '../board/pareto-chart.js'
import { RulesCard } from '../board/rules-card.js'
import { Unranked } from '../board/unranked.js'
import '../charts/charts.css'
import { socket } from '../client.js'
import { follow } from '../follow.js'
import { ShareButton } from '../people/share-button.js'
import { useViewer } from '../people/viewer.js'
import '../people/people.css'
import '../settings/settings.css'
import { NotShown } from './not-shown.js'
import { whyOf } from '../why.js'

const PAGE = 50

export function Board() {
  const { id = '' } = useParams()
  const viewer = useViewer()
  const [params, setParams] = useSearchParams()
  const from = Math.max(1, Math.floor(Number(params.get('from') ?? 1)) || 1)
  const asOf = params.get('asOf')
  const [{ data, error }, ask] = useQuery({ query: BOARD, variables: { id, from, asOf } })
  const askAgain = () => ask({ requestPolicy: 'network-only' })
  const { said, changes, reconnecting, refused } = useChanges(id, askAgain)
  const why = refused ?? (error && !data ? whyOf(error) : null)
  if (why) return <NotShown what="board" why={why} />
  if (!data) return <p className="loading">Loading…</p>
  const { board } = data
  const own = new Set(viewer?.memberships.map(({ team }) => team.id))
  const go = (more: Record<string, string | null>) =>
    setParams((before) => {
      for (const [key, value] of Object.entries(more)) {
        if (value === null) before.delete(key)
        else before.set(key, value)
      }
      return before
    })
  const { hasNextPage, hasPreviousPage } = board.entries.pageInfo
  const address = `/boards/${encodeURIComponent(board.id)}`
  return (
    <div className="page">
      <title>{`${board.name} · Cellboard`}</title>
      <header className="run-header">
        <div className="page-head">
          <h1>{board.name}</h1>
          {board.archivedAt && <span className="badge-plain">archived</span>}
          {reconnecting && (
            <span className="reconnecting" role="status">
              Reconnecting…
            </span>
          )}
          <span className="bar-space" />
          <details className="account-menu board-out">
            <summary className="button button-quiet">Take along</summary>
            <div>
              {['csv', 'json', 'md', 'tex'].map((form) => (
                <a key={form} href={`${address}.${form}`} download>
                  {{ csv: 'CSV', json: 'JSON', md: 'Markdown', tex: 'LaTeX' }[form]}
                </a>
              ))}
              <a href={`/embed/${encodeURIComponent(board.id)}`}>Page for other pages</a>
              <a href={`${address}/badge.svg`}>Badge</a>
            </div>
          </details>
          {board.mayManage && <ShareButton subject={board.id} noun="board" />}
        </div>
        <p className="quiet">
          {board.team.name}
          {board.teams.length > 0 && `, opened to ${board.teams.map(({ name }) => name).join(', ')}`}
          {board.visibility === 'PUBLIC' && ', public'} · <span className="number">{board.length}</span> ranked
        </p>
        {board.notes && <p className="board-notes">{board.notes}</p>}
      </header>
      <p className="sr-only" role="status">
        {said}
      </p>
      <section className="card" aria-labelledby="ranking-title">
        <div className="card-head">
          <h2 id="ranking-title">{asOf ? `As it was on ${new Date(asOf).toLocaleString()}` : 'Ranking'}</h2>
          <label className="project-choice">
            <span className="quiet">as of</span>
            <input
              type="datetime-local"
              value={asOf ? local(asOf) : ''}
              onChange={(event) =>
                go({ asOf: event.target.value ? new Date(event.target.value).toISOString() : null, from: null })
              }
            />
          </label>
        </div>
        {said && !asOf && <p className="board-said">{said}</p>}
        <BoardTable board={board} own={own} />
        {(hasNextPage || hasPreviousPage) && (
          <nav className="board-pages" aria-label="Pages of the ranking">
            <button
              type="button"
              className="button button-quiet button-small"
              disabled={!hasPreviousPage}
              onClick={() => go({ from: from <= PAGE + 1 ? null : String(from - PAGE) })}
            >
              ← Higher places
            </button>
            <span className="quiet number">
              from place {from} of {board.length}
            </span>
            <button
              type="button"
              className="button button-quiet button-small"
              disabled={!hasNextPage}
              onClick={() => go({ from: String(from + PAGE) })}
            >
              Lower places →
            </button>
          </nav>
        )}
      </section>
      <div className="pair">
        <BestCard board={board} changes={changes} />
        <ParetoCard board={board} changes={changes} />
      </div>
      <RulesCard board={board} onChange={askAgain} />
      <Unranked board={board} changes={changes} />
      {board.mayManage && <ManageCard board={board} onChange={askAgain} />}
    </div>
  )
}

/** As an input of the kind datetime-local writes it: the reader's own time. */
function local(time: string): string {
  const at = new Date(time)
  return new Date(+at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** Follows the board: asks the page again at each change, and says what moved. */
function useChanges(id: string, askAgain: () => void) {
  const [said, setSaid] = useState('')
  const [changes, setChanges] = useState(0)
  const [reconnecting, setReconnecting] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const latest = useRef(askAgain)
  latest.current = askAgain
  useEffect(() => {
    setRefused(null)
    let version: number | null = null
    return follow(socket, CHANGED, {
      variables: () => ({ id }),
      data: ({ leaderboardChanged }) => {
        const { ruleVersion } = leaderboardChanged.board
        const isFirst = version === null
        const sentence = sentenceOf(leaderboardChanged, !isFirst && ruleVersion !== version)
        version = ruleVersion
        if (isFirst) return
        if (sentence) setSaid(sentence)
        setChanges((count) => count + 1)
        latest.current()
      },
      lost: (lost) => {
        setReconnecting(lost)
        // What changed while the line was lost is asked for.
        if (!lost) latest.current()
      },
      refused: setRefused,
    })
  }, [id])
  return { said, changes, reconnecting, refused }
}

function sentenceOf({ moved, board }: Change, isRuledAnew: boolean): string {
  if (isRuledAnew) return `The rules have changed: version ${board.ruleVersion} ranks all entries anew.`
  const [first] = moved
    .filter(({ entry }) => entry.rank !== null)
    .sort((a, b) => Number(a.previousRank !== null) - Number(b.previousRank !== null) || a.entry.rank! - b.entry.rank!)
  if (!first) return moved.length > 0 ? `“${moved[0]!.entry.title}” is no longer ranked.` : ''
  const { entry, previousRank } = first
  return previousRank === null
    ? `“${entry.title}” came in at place ${entry.rank}.`
    : `“${entry.title}” is at place ${entry.rank}, from ${previousRank}.`
}
