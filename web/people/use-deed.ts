// One mutation as a form needs it: sent, busy, refused with a sentence and with problems at fields.
import { useState } from 'react'
import { useClient } from 'urql'
import type { TadaDocumentNode } from '../graphql.js'
import { whyOf } from '../why.js'

export interface Deed<Data, Variables> {
  readonly busy: boolean
  /** Why it was refused; null where it was not. */
  readonly problem: string | null
  /** Sentences by the field that they are about. */
  readonly fields: Readonly<Record<string, string>>
  /** The data, or null where it was refused. */
  readonly run: (variables: Variables) => Promise<Data | null>
  readonly clear: () => void
}

interface Told {
  readonly fields?: readonly { readonly path: string; readonly message: string }[]
}

export function useDeed<Data, Variables extends Record<string, unknown>>(
  document: TadaDocumentNode<Data, Variables>,
): Deed<Data, Variables> {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({})
  const run = async (variables: Variables): Promise<Data | null> => {
    setBusy(true)
    const { data, error } = await client.mutation(document, variables).toPromise()
    setBusy(false)
    const refusal = error?.graphQLErrors[0]
    const told = (refusal?.extensions as Told | undefined)?.fields ?? []
    setFields(Object.fromEntries(told.map(({ path, message }) => [path, message])))
    setProblem(error ? whyOf(error) : null)
    return error ? null : (data ?? null)
  }
  const clear = () => {
    setProblem(null)
    setFields({})
  }
  return { busy, problem, fields, run, clear }
}
