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
  /** Entries of a list or a page, counted from either end; null where none was asked for. */
  readonly page: number | null
  readonly buckets: number
  /** Entries of all lists that were handed in, those within inputs too: ids, seeds, cursors, filters. */
  readonly entries: number
}

/** Variables with the defaults of one operation for those that were not handed in: another's may say less. */
export function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, given: Given): Given {
  const defaults: Record<string, unknown> = Object.create(null) as Record<string, unknown>
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

/** Remembered, since one long variable can be handed to every field of a document. */
const counted = new WeakMap<object, number>()

/** Entries of all lists in a value, however deep: how deep is bounded before. */
function entriesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const known = counted.get(value)
  if (known !== undefined) return known
  const inner: readonly unknown[] = Object.values(value)
  const entries = inner.reduce<number>((sum, one) => sum + entriesOf(one), Array.isArray(value) ? inner.length : 0)
  counted.set(value, entries)
  return entries
}

export function readArguments(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined, given: Given): Sizes {
  const values = new Map<string, unknown>()
  for (const { name, defaultValue } of field?.args ?? []) values.set(name, defaultValue)
  let entries = 0
  for (const { name, value } of node.arguments ?? []) {
    const handed = valueOf(value, given)
    entries += entriesOf(handed)
    // An argument that is null or was left out takes its default.
    if (handed !== undefined && handed !== null) values.set(name.value, handed)
  }
  const page = sizeOf(values.get('first')) ?? sizeOf(values.get('last'))
  return { page, buckets: sizeOf(values.get('buckets')) ?? 0, entries }
}
