// All boards that the viewer sees.
import { useState } from 'react'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { BOARDS } from '../board/board-query.js'
import { directionText, SUBJECT_NOUNS } from '../board/board-text.js'
import { isAtLeast, useViewer } from '../people/viewer.js'
import '../people/people.css'
import '../board/board.css'
import { whyOf } from '../why.js'

const SEEN = { TEAM: '', TEAMS: 'open to other teams', PUBLIC: 'public' } as const

export function Boards() {
  const viewer = useViewer()
  const [after, setAfter] = useState<string | null>(null)
  const [{ data, error }] = useQuery({ query: BOARDS, variables: { after } })
  const mayMake = viewer?.memberships.some(({ role }) => isAtLeast(role, 'MAINTAINER'))
  if (error && !data) return <p className="problem">{whyOf(error)}</p>
  if (!data) return <p className="loading">Loading…</p>
  const { edges, pageInfo } = data.boards
  return (
    <div className="page">
      <title>Boards · Cellboard</title>
      <div className="page-head">
        <h1>Boards</h1>
        <span className="bar-space" />
        {mayMake && (
          <Link to="/new-board" className="button">
            New board
          </Link>
        )}
      </div>
      {edges.length === 0 ? (
        <div className="card">
          <p>
            No boards so far. A board ranks runs, groups of seeds, architectures or studies by rules that are written
            down, and says of every place why it is so.
          </p>
        </div>
      ) : (
        <ul className="card lines">
          {edges.map(({ node: board }) => (
            <li key={board.id}>
              <span className="line-main">
                <Link to={`/boards/${encodeURIComponent(board.id)}`}>{board.name}</Link>
                <span className="quiet">
                  {' '}
                  · {board.team.name} · {SUBJECT_NOUNS[board.rules.subject]} by {board.rules.metric.name},{' '}
                  {directionText(board.rules.metric.direction)}
                </span>
              </span>
              {SEEN[board.visibility] && <span className="badge-plain">{SEEN[board.visibility]}</span>}
              {board.archivedAt && <span className="badge-plain">archived</span>}
              <span className="number quiet">
                {board.length} {board.length === 1 ? 'entry' : 'entries'}
              </span>
            </li>
          ))}
        </ul>
      )}
      {(pageInfo.hasNextPage || after) && (
        <div className="page-head">
          {after && (
            <button type="button" className="button button-quiet" onClick={() => setAfter(null)}>
              Newest
            </button>
          )}
          {pageInfo.hasNextPage && (
            <button type="button" className="button button-quiet" onClick={() => setAfter(pageInfo.endCursor)}>
              Older
            </button>
          )}
        </div>
      )}
    </div>
  )
}
