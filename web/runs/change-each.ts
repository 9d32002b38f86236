// One change of many runs: at once where the server takes it whole, else one by one, so that each that fails says why.
import type { Client } from 'urql'
import type { TadaDocumentNode } from '../graphql.js'
import { whyOf } from '../why.js'

/** Sentences by the global id of the run that was not changed. */
export type Failures = ReadonlyMap<string, string>

interface ChangedRun {
  readonly id: string
  readonly group: { readonly id: string } | null
}

interface Change<Variables> {
  readonly document: TadaDocumentNode<unknown, Variables & { readonly runs: string[] }>
  readonly variables: Variables
  /** Runs of one group stay together. */
  readonly byGroup?: boolean
}

export async function changeEach<Variables extends object>(
  client: Pick<Client, 'mutation'>,
  runs: readonly ChangedRun[],
  { document, variables, byGroup = false }: Change<Variables>,
): Promise<Failures> {
  const send = async (some: readonly ChangedRun[]) => {
    const all = { ...variables, runs: some.map(({ id }) => id) }
    const { error } = await client.mutation(document, all).toPromise()
    return error && { isAnswer: error.graphQLErrors.length > 0, why: whyOf(error) }
  }
  const failures = new Map<string, string>()
  const refused = await send(runs)
  if (!refused) return failures
  const parts = new Map<string, ChangedRun[]>()
  for (const run of runs) {
    const part = byGroup && run.group ? run.group.id : run.id
    parts.set(part, [...(parts.get(part) ?? []), run])
  }
  const isWhole = parts.size === 1 || !refused.isAnswer
  for (const some of isWhole ? [runs] : parts.values()) {
    const still = isWhole ? refused : await send(some)
    if (still) for (const { id } of some) failures.set(id, still.why)
  }
  return failures
}
