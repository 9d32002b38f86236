// Where there are no runs yet: how to start the first.
import { Link } from 'react-router'
import type { RunKind } from './view.js'

export function NoRuns({ kind }: { kind: RunKind | null }) {
  const isTraining = kind === 'TRAINING'
  return (
    <div className="centre centre-small">
      <img src="/favicon.svg" width="48" height="48" alt="" />
      <h2>{isTraining ? 'No trainings yet' : 'No runs yet'}</h2>
      <p>
        {isTraining
          ? 'Train the cell that a search found, or a published one, and take the network away.'
          : 'Start a search and watch its curves grow, operators compete and a cell take shape.'}
      </p>
      <Link className="button" to={isTraining ? '/new-training' : '/new'}>
        {isTraining ? 'Start the first training' : 'Start the first search'}
      </Link>
    </div>
  )
}
