// The boards of a team.
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../graphql.js'
import { isAtLeast } from '../people/viewer.js'
import type { TeamFacts } from './team-query.js'

const BOARDS_OF_TEAM = graphql(`
  query TeamBoards($slug: String!) {
    team(slug: $slug) {
      boards(first: 50) {
        edges {
          node {
            id
            name
            length
            archivedAt
          }
        }
      }
    }
  }
`)

export function TeamBoards({ team }: { team: TeamFacts }) {
  const [{ data }] = useQuery({ query: BOARDS_OF_TEAM, variables: { slug: team.slug } })
  const boards = data?.team.boards.edges.map(({ node }) => node) ?? []
  return (
    <section className="card" aria-labelledby="boards-title">
      <div className="card-head">
        <h2 id="boards-title">Boards</h2>
        {isAtLeast(team.role, 'MAINTAINER') && (
          <Link to={`/new-board?team=${encodeURIComponent(team.id)}`} className="button button-quiet button-small">
            New board
          </Link>
        )}
      </div>
      {data && boards.length === 0 && <p className="quiet">None so far.</p>}
      <ul className="lines">
        {boards.map((board) => (
          <li key={board.id}>
            <Link className="line-main" to={`/boards/${encodeURIComponent(board.id)}`}>
              {board.name}
            </Link>
            {board.archivedAt && <span className="badge-plain">archived</span>}
            <span className="quiet number">
              {board.length} {board.length === 1 ? 'entry' : 'entries'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
