// What a field's arguments say about how much it answers: sizes of lists, written into the document or handed in as variables.
import {
  Kind,
  type FieldNode,
  type GraphQLField,
  type OperationDefinitionNode,
  valueFromASTUntyped,
  type ValueNode,
} from 'graphql'

/** Values of variables as they came, nothing about them checked. */
export type Given = Readonly<Record<string, unknown>>

export interface Sizes {
  /** Entries of a list or a page; null where none was asked for. */
  readonly first: number | null
  readonly buckets: number
  /** Entries of all lists that were handed in: ids, seeds, cursors. */
  readonly entries: number
}

/** Variables with the defaults of the document's operations for those that were not handed in. */
export function withDefaults(operations: readonly OperationDefinitionNode[], given: Given): Given {
  const defaults: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const { variableDefinitions = [] } of operations)
    for (const { variable, defaultValue } of variableDefinitions)
      if (defaultValue) defaults[variable.name.value] = valueFromASTUntyped(defaultValue)
  return { ...defaults, ...given }
}

const valueOf = (node: ValueNode, given: Given): unknown =>
  node.kind === Kind.VARIABLE
    ? Object.hasOwn(given, node.name.value)
      ? given[node.name.value]
      : undefined
    : valueFromASTUntyped(node, given)

/** A size below 1 or no number is refused later, by the field itself. */
const sizeOf = (value: unknown): number | null =>
  typeof value === 'number' ? Math.max(1, Math.min(value, Number.MAX_SAFE_INTEGER)) : null

export function readArguments(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined, given: Given): Sizes {
  const values = new Map<string, unknown>()
  for (const { name, defaultValue } of field?.args ?? []) values.set(name, defaultValue)
  let entries = 0
  for (const { name, value } of node.arguments ?? []) {
    const handed = valueOf(value, given)
    if (Array.isArray(handed)) entries += handed.length
    // An argument that is null or was left out takes its default.
    if (handed !== undefined && handed !== null) values.set(name.value, handed)
  }
  return { first: sizeOf(values.get('first')), buckets: sizeOf(values.get('buckets')) ?? 0, entries }
}
