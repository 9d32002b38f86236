// The way from a run's cell to all runs that have it, whatever the numbers of their nodes.
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../graphql.js'

const ARCHITECTURE_OF_RUN = graphql(`
  query ArchitectureOfRun($id: ID!) {
    run(id: $id) {
      architecture {
        id
      }
    }
  }
`)

export const architecturePath = (id: string): string => `/architectures/${encodeURIComponent(id)}`

/** For a run whose cell is known; shows nothing until the server has told where it leads. */
export function ArchitectureLink({ run }: { run: string }) {
  const [{ data }] = useQuery({ query: ARCHITECTURE_OF_RUN, variables: { id: run } })
  const id = data?.run.architecture?.id
  return id ? <Link to={architecturePath(id)}>All runs of this cell</Link> : null
}
