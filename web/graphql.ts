// Typed GraphQL documents: the printed schema gives every query its types, and scalars theirs.
import type { RunEvent } from '@cellboard/schema/events'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'
import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './graphql-env.js'

export const graphql = initGraphQLTada<{
  introspection: introspection
  disableMasking: true
  scalars: {
    DateTime: string
    Float64Column: string
    Settings: ResolvedSearchSettings | ResolvedTrainingSettings
    EventData: RunEvent
    Json: unknown
  }
}>()

export type { ResultOf, TadaDocumentNode, VariablesOf } from 'gql.tada'
