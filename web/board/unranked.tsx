// What is not ranked, each with its reason; asked for when it is opened.
import { useState } from 'react'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { UNRANKED, type BoardFacts } from './board-query.js'
import { useAgain } from './use-again.js'

export function Unranked({ board, changes }: { board: BoardFacts; changes: number }) {
  const [open, setOpen] = useState(false)
  const [after, setAfter] = useState<string | null>(null)
  const [{ data }, ask] = useQuery({ query: UNRANKED, variables: { id: board.id, after }, pause: !open })
  useAgain(open ? changes : 0, ask)
  const page = data?.board.unranked
  return (
    <details className="card fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Not ranked</summary>
      {page?.edges.length === 0 && <p className="quiet">Nothing: all that was entered is ranked.</p>}
      <ul className="lines">
        {page?.edges.map(({ node }) => (
          <li key={node.id}>
            <span className="line-main">
              <Link to={`/entries/${encodeURIComponent(node.id)}`}>{node.title}</Link>{' '}
              <span className="quiet">{node.team?.name}</span>
            </span>
            <span className="quiet">{node.why}</span>
          </li>
        ))}
      </ul>
      {page?.pageInfo.hasNextPage && (
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => setAfter(page.pageInfo.endCursor)}
        >
          Older
        </button>
      )}
    </details>
  )
}
