// What the dashboard can ask, gathered while it is built: each operation's whole text by the hash of it, so that the page sends hashes.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kind, parse, print, visit, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql'

export interface Operations {
  /** Hash by the operation's name; names are unique in the dashboard. */
  readonly hashes: Readonly<Record<string, string>>
  /** Text by its hash: what the server reads. */
  readonly texts: Readonly<Record<string, string>>
}

/** @throws where two operations have one name, or an operation has none */
export function collectOperations(folder: string): Operations {
  const definitions = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        /\.tsx?$/.test(file) && !/(^|\/)(dist|node_modules)\/|\.test\.|graphql-env|collect-operations/.test(file),
    )
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/graphql\(\s*`([^`]+)`/g)])
    .flatMap(([, text]) => parse(text!).definitions)
  const fragments = new Map(
    definitions.flatMap((one): [string, FragmentDefinitionNode][] =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
    ),
  )
  const hashes: Record<string, string> = {}
  const texts: Record<string, string> = {}
  for (const one of definitions) {
    if (one.kind !== Kind.OPERATION_DEFINITION) continue
    const name = one.name?.value
    if (name === undefined) throw new Error(`Expected every operation of the dashboard to have a name: ${print(one)}`)
    if (name in hashes)
      throw new Error(`Expected operations of the dashboard to have different names, but two are ${name}.`)
    const text = [one, ...neededBy(one, fragments)].map(print).join('\n')
    const hash = createHash('sha256').update(text).digest('hex')
    hashes[name] = hash
    texts[hash] = text
  }
  return { hashes, texts }
}

function neededBy(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] {
  const needed = new Set<FragmentDefinitionNode>()
  const look = (node: OperationDefinitionNode | FragmentDefinitionNode) =>
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value)
        if (!fragment || needed.has(fragment)) return
        needed.add(fragment)
        look(fragment)
      },
    })
  look(operation)
  return [...needed]
}
