// The first bounds of a request: its size and how deep it nests, over HTTP and sockets alike.
import { GraphQLError, Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext } from 'graphql'

/** Bytes of a request's body, and of one message on a socket. */
export const MOST_BYTES = 1_000_000
/** The dashboard's deepest query nests 8 fields; introspection of a type 13. */
export const MOST_DEPTH = 15

/** A validation rule: fields nested in one another, through fragments too, at most `MOST_DEPTH`. */
export function limitDepth(context: ValidationContext): ASTVisitor {
  const depths = new Map<string, number>()

  function depthOf(set: SelectionSetNode | undefined, inside: ReadonlySet<string>): number {
    if (!set) return 0
    return Math.max(
      ...set.selections.map((node) => {
        if (node.kind === Kind.FIELD) return 1 + depthOf(node.selectionSet, inside)
        if (node.kind === Kind.INLINE_FRAGMENT) return depthOf(node.selectionSet, inside)
        return depthOfFragment(node.name.value, inside)
      }),
    )
  }
  /** A fragment is measured once; one that contains itself is refused by another rule. */
  function depthOfFragment(name: string, inside: ReadonlySet<string>): number {
    if (inside.has(name)) return 0
    const known = depths.get(name)
    if (known !== undefined) return known
    const depth = depthOf(context.getFragment(name)?.selectionSet, new Set([...inside, name]))
    depths.set(name, depth)
    return depth
  }
  return {
    OperationDefinition(node) {
      const depth = depthOf(node.selectionSet, new Set())
      if (depth <= MOST_DEPTH) return
      const message = `Expected fields nested at most ${MOST_DEPTH} deep, but received ${depth}.`
      context.reportError(new GraphQLError(message, { nodes: node, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }))
    },
  }
}
