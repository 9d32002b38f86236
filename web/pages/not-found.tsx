// Where there is no page.
import { Link } from 'react-router'

export function NotFound() {
  return (
    <div className="centre">
      <title>Not found · Cellboard</title>
      <h1>There is nothing here</h1>
      <p>The address may be mistyped, or the run belongs to another store.</p>
      <Link className="button" to="/">
        To the runs
      </Link>
    </div>
  )
}
