// The API to try out: GraphiQL with examples that run, asking as who is signed in.
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { useComputedColorScheme } from '@mantine/core'
import { GraphiQL } from 'graphiql'
import 'graphiql/style.css'
import { buildSchema } from 'graphql'
import { useMemo } from 'react'
import printed from '../../schema/schema.graphql?raw'
import { EXAMPLES } from '../api/examples.js'
import '../api/api.css'
import { openSocket } from '../client.js'

/** As it was printed when this page was built: nothing has to be asked for it. */
const SCHEMA = buildSchema(printed)

export function Api() {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const fetcher = useMemo(() => createGraphiQLFetcher({ url: '/graphql', wsClient: openSocket() }), [])
  return (
    <div className="api">
      <title>API · Cellboard</title>
      <h1 className="sr-only">API</h1>
      <GraphiQL
        key={scheme}
        fetcher={fetcher}
        schema={SCHEMA}
        forcedTheme={scheme}
        defaultTabs={EXAMPLES.map(({ query, variables }) => ({ query, ...(variables && { variables }) }))}
        shouldPersistHeaders={false}
      />
    </div>
  )
}
