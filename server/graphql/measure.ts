// How much a document asks for, before anything is answered: fragments, named and inline, are followed each time they are used.
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql'
import { readArguments, withDefaults, type Given } from './arguments.js'
import { LIST_BOUNDS, UNNAMED_LIST } from './list-bounds.js'

export interface Measure {
  readonly operations: number
  readonly depth: number
  readonly rootFields: number
  readonly aliases: number
  readonly directives: number
  readonly repeats: number
  readonly cost: number
  /** Whether `__schema` or `__type` is asked for. */
  readonly introspects: boolean
}

/** A document as far as it can be told without following everything: `selections` may be Infinity for fragments within fragments. */
export interface Outline {
  readonly selections: number
  readonly depth: number
  /** A fragment that contains itself; null where there is none. */
  readonly endless: string | null
}

const fragmentsOf = ({ definitions }: DocumentNode) =>
  new Map(definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])))

const operationsOf = ({ definitions }: DocumentNode) =>
  definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? [one] : []))

/** Selections and depth of all operations. Each fragment is looked at once, so it takes no longer than reading the document. */
export function outline(document: DocumentNode): Outline {
  const fragments = fragmentsOf(document)
  const known = new Map<string, { selections: number; depth: number }>()
  const within = new Set<string>()
  let endless: string | null = null

  function ofFragment(fragment: FragmentDefinitionNode | undefined): { selections: number; depth: number } {
    if (!fragment) return { selections: 0, depth: 0 }
    const name = fragment.name.value
    if (within.has(name)) {
      endless ??= name
      return { selections: 0, depth: 0 }
    }
    const measured = known.get(name)
    if (measured) return measured
    within.add(name)
    const fresh = ofSet(fragment.selectionSet)
    within.delete(name)
    known.set(name, fresh)
    return fresh
  }
  function ofSet(set: SelectionSetNode | undefined): { selections: number; depth: number } {
    let [selections, depth] = [0, 0]
    for (const node of set?.selections ?? []) {
      const inner =
        node.kind === Kind.FRAGMENT_SPREAD ? ofFragment(fragments.get(node.name.value)) : ofSet(node.selectionSet)
      selections += 1 + inner.selections
      depth = Math.max(depth, inner.depth + (node.kind === Kind.FIELD ? 1 : 0))
    }
    return { selections, depth }
  }
  const all = operationsOf(document).map(({ selectionSet }) => ofSet(selectionSet))
  // Fragments that nothing uses are validated all the same.
  for (const fragment of fragments.values()) ofFragment(fragment)
  return {
    selections: all.reduce((sum, one) => sum + one.selections, 0),
    depth: Math.max(0, ...all.map(({ depth }) => depth)),
    endless,
  }
}

/** Everything else, walking through all selections: only for documents whose outline is within limits. */
export function measure(schema: GraphQLSchema, document: DocumentNode, handed: Given): Measure {
  const fragments = fragmentsOf(document)
  const operations = operationsOf(document)
  const places = new Map<string, number>()
  let [depth, rootFields, aliases, directives, repeats] = [0, 0, 0, 0, 0]
  let introspects = false
  let given = handed

  /** The cost of a set; `page` is the size that a connection was asked for. */
  function walk(
    set: SelectionSetNode | undefined,
    type: GraphQLNamedType | undefined,
    at: { place: string; level: number; page: number | null },
  ): number {
    let cost = 0
    for (const node of set?.selections ?? []) {
      directives += node.directives?.length ?? 0
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value
        cost += walk(node.selectionSet, condition === undefined ? type : schema.getType(condition), at)
        continue
      }
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(node.name.value)
        cost += walk(fragment?.selectionSet, fragment && schema.getType(fragment.typeCondition.name.value), at)
        continue
      }
      const name = node.name.value
      const level = at.level + 1
      const place = `${at.place}.${node.alias?.value ?? name}`
      const times = (places.get(place) ?? 0) + 1
      places.set(place, times)
      repeats = Math.max(repeats, times)
      depth = Math.max(depth, level)
      if (level === 1) rootFields++
      if (node.alias) aliases++
      if (name === '__schema' || name === '__type') introspects = true
      const field = fieldOf(schema, type, name)
      const { page, buckets, entries } = readArguments(node, field, given)
      const isList = field !== undefined && isListType(getNullableType(field.type))
      const size = isList ? (page ?? at.page ?? boundOf(type!, name)) : 1
      const inner = walk(node.selectionSet, field && getNamedType(field.type), {
        place,
        level,
        page: isList ? null : page,
      })
      cost += (node.selectionSet ? 2 : 1) + entries + buckets / 10 + size * inner
    }
    return cost
  }
  let cost = 0
  operations.forEach((operation, index) => {
    directives += operation.directives?.length ?? 0
    for (const { directives: some } of operation.variableDefinitions ?? []) directives += some?.length ?? 0
    const root = schema.getRootType(operation.operation) ?? undefined
    given = withDefaults(operation, handed)
    cost += walk(operation.selectionSet, root, { place: String(index), level: 0, page: null })
  })
  for (const { directives: some } of fragments.values()) directives += some?.length ?? 0
  return { operations: operations.length, depth, rootFields, aliases, directives, repeats, cost, introspects }
}

const META = new Map([SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].map((field) => [field.name, field]))

/** Undefined where there is no such field: validation tells. */
function fieldOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name.startsWith('__')) return META.get(name)
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
}

/** How long a list can be, by the table: under its own type's name or an interface's. */
export function boundOf(type: GraphQLNamedType, name: string): number {
  return namedBound(type, name) ?? UNNAMED_LIST
}

/** Undefined where the table does not name it. Lists of plain values cost nothing of their own and need no name. */
export function namedBound(type: GraphQLNamedType, name: string): number | undefined {
  const owners = [type, ...(isObjectType(type) ? type.getInterfaces() : [])]
  return owners.map((owner) => LIST_BOUNDS[`${owner.name}.${name}`]).find((bound) => bound !== undefined)
}

/** Whether a field is a list of things that have fields of their own. */
export const isListOfThings = ({ type }: GraphQLField<unknown, unknown>): boolean =>
  isListType(getNullableType(type)) && isCompositeType(getNamedType(type))
