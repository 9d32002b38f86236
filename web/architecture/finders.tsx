// The searches that found an architecture, the newest first.
import { Link } from 'react-router'
import { agoText } from '../charts/number-text.js'
import { METHOD_TITLES } from '../run/method-titles.js'
import { StateMark } from '../run/state-mark.js'
import { useNow } from '../run/use-now.js'
import type { ArchitectureFacts } from './architecture-query.js'

export function Finders({ foundBy }: Pick<ArchitectureFacts, 'foundBy'>) {
  const now = useNow(false)
  const { edges, totalCount } = foundBy
  return (
    <section className="card" aria-labelledby="finders-title">
      <div className="card-head">
        <h2 id="finders-title">Searches that found it</h2>
        {totalCount > edges.length && (
          <span className="quiet number">
            the newest {edges.length} of {totalCount}
          </span>
        )}
      </div>
      {edges.length === 0 ? (
        <p className="note">None that you see: it was trained as somebody gave it.</p>
      ) : (
        <div className="scroll-x" tabIndex={0} role="region" aria-label="Table of searches">
          <table className="table number">
            <thead>
              <tr>
                <th scope="col">Search</th>
                <th scope="col">State</th>
                <th scope="col">Method</th>
                <th scope="col">Space</th>
                <th scope="col">Images</th>
                <th scope="col">Started</th>
              </tr>
            </thead>
            <tbody>
              {edges.map(({ node: { id, name, state, method, space, dataset, createdAt } }) => (
                <tr key={id}>
                  <th scope="row" className="table-name">
                    <Link to={`/runs/${encodeURIComponent(id)}`}>{name}</Link>
                  </th>
                  <td>
                    <StateMark state={state} />
                  </td>
                  <td>{METHOD_TITLES[method.toLowerCase() as keyof typeof METHOD_TITLES]}</td>
                  <td>{space.title}</td>
                  <td>{dataset.title}</td>
                  <td>{agoText(Date.parse(createdAt), now)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
