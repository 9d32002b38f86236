// One architecture: its cell, what its networks cost, what a benchmark knows of it, and all runs that found or trained it.
import { SubmitButton } from '../board/submit-button.js'
import '../without-eval.js'
import type { Genotype } from '@cellboard/schema/genotype'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { ArchitectureCost } from '../architecture/architecture-cost.js'
import { ARCHITECTURE, MOBILE, type ArchitectureFacts } from '../architecture/architecture-query.js'
import '../architecture/architecture.css'
import { Finders } from '../architecture/finders.js'
import { Tabulated } from '../architecture/tabulated.js'
import { Cells } from '../run/cells.js'
import { useRunChanges } from '../run/run-changes.js'
import { TrainingsOfCell } from '../run/trainings-of-cell.js'
import { NotShown } from './not-shown.js'
import '../run/run.css'
import { whyOf } from '../why.js'

const NETWORKS: Readonly<Record<string, string>> = { darts: 'DARTS', 'nas-bench-201': 'NAS-Bench-201' }
const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export function Architecture() {
  const { id = '' } = useParams()
  const [{ data, error, fetching }, ask] = useQuery({ query: ARCHITECTURE, variables: { id, ...MOBILE } })
  const architecture = data?.architecture
  useRunChanges(
    (run) => run.architecture?.id === id,
    () => ask({ requestPolicy: 'network-only' }),
  )
  if (architecture) return <Shown architecture={architecture} />
  if (error) return <NotShown what="architecture" why={whyOf(error)} />
  return <p className="loading">{fetching ? 'Loading…' : ''}</p>
}

function Shown({ architecture }: { architecture: ArchitectureFacts }) {
  const { id, space, genotype, tabulated, foundBy, trainedBy } = architecture
  const cell = useMemo(() => JSON.parse(genotype.text) as Genotype, [genotype.text])
  const name = `Architecture ${id.replace('architecture-', '')}`
  return (
    <div className="page run">
      <title>{`${name} · Cellboard`}</title>
      <header className="run-header">
        <div className="page-head">
          <h1>{name}</h1>
          <span className="bar-space" />
          <SubmitButton subject={id} kind="ARCHITECTURE" />
        </div>
        <p className="quiet">
          Network {NETWORKS[space] ?? space} · {counted(foundBy.totalCount, 'search', 'searches')} ·{' '}
          {counted(trainedBy.totalCount, 'training', 'trainings')} · isomorphic cells are one architecture
        </p>
      </header>
      <Cells title="Its cell" genotype={cell} final when="" />
      <ArchitectureCost architecture={architecture} />
      {tabulated.length > 0 && <Tabulated results={tabulated} />}
      <Finders foundBy={foundBy} />
      <TrainingsOfCell
        search={foundBy.edges[0]?.node.id ?? null}
        trainings={trainedBy.edges.map(({ node }) => node)}
        of={trainedBy.totalCount}
      />
    </div>
  )
}
