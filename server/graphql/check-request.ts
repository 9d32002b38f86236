// Everything that is checked before a request is answered, the same over HTTP and on sockets: cheap looks first, each with its limit.
import {
  getOperationAST,
  GraphQLError,
  parse,
  type DocumentNode,
  type GraphQLSchema,
  type OperationTypeNode,
} from 'graphql'
import { unauthenticated } from '../errors.js'
import type { Given } from './arguments.js'
import type { LimitName, Limits } from './limits.js'
import { measure, outline } from './measure.js'
import { textOf, type Operations } from './persisted.js'
import { badRequest, cutText, isCut, limitExceeded } from './refusal.js'
import { scan } from './scan.js'

export interface Checked {
  readonly text: string
  /** Whether it is one of the dashboard's own. */
  readonly isPersisted: boolean
  readonly document: DocumentNode
  readonly variables: Given | undefined
  readonly operationName: string | undefined
  /** Points, by the sizes of its lists. */
  readonly cost: number
  /** What is asked for. */
  readonly kind: OperationTypeNode
}

/** What came as a request: nothing about it is known. */
export type Asked = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Asked =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws GraphQLError: BAD_REQUEST, GRAPHQL_PARSE_FAILED, BAD_USER_INPUT, UNAUTHENTICATED, or LIMIT_EXCEEDED with the name of the limit. */
export function checkRequest(
  schema: GraphQLSchema,
  asked: unknown,
  limits: Limits,
  signedIn: boolean,
  operations: Operations = new Map(),
): Checked {
  if (Array.isArray(asked))
    throw badRequest('batch', `Expected one request, but received a batch of ${asked.length}. Send them one by one.`)
  if (!isObject(asked))
    throw badRequest('form', 'Expected {"query": "...", "variables": {...}}, but received something else.')
  const { text, isPersisted } = textOf(asked, operations)
  const { variables = null, operationName = null } = asked
  if (variables !== null && !isObject(variables))
    throw badRequest('form', 'Expected variables as an object of values by name, but received something else.')
  if (operationName !== null && typeof operationName !== 'string')
    throw badRequest('form', 'Expected operationName as a text, but received something else.')
  if (variables !== null) checkVariables(variables, limits)
  const document = parseWithin(text, limits)
  const cost = checkDocument(schema, document, variables ?? {}, limits, signedIn)
  return {
    text,
    isPersisted,
    document,
    variables: variables ?? undefined,
    operationName: operationName ?? undefined,
    cost,
    kind: kindOf(document, operationName),
  }
}

function parseWithin(query: string, limits: Limits): DocumentNode {
  try {
    const broken = scan(query, limits)
    if (broken) throw broken
    return parse(query, { maxTokens: limits.tokens })
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions.code) throw error
    const { message } = error as Error
    throw new GraphQLError(message, { extensions: { code: 'GRAPHQL_PARSE_FAILED' } })
  }
}

/** Walks without calling itself, so that no nesting overflows the stack. */
function checkVariables(variables: Asked, limits: Limits): void {
  const open: { value: unknown; depth: number }[] = [{ value: variables, depth: 0 }]
  let entries = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next
    if (typeof value === 'string') {
      if (value.length > limits.variableChars) throw limitExceeded('variableChars', limits.variableChars, value.length)
      if (isCut(value)) throw cutText()
    }
    if (typeof value !== 'object' || value === null) continue
    if (depth > limits.variableDepth) throw limitExceeded('variableDepth', limits.variableDepth, null)
    // Counted before they are read, which for very many names takes longer.
    entries += Array.isArray(value) ? value.length : Object.keys(value).length
    if (entries > limits.variableEntries) throw limitExceeded('variableEntries', limits.variableEntries, null)
    for (const one of Object.values(value) as unknown[]) open.push({ value: one, depth: depth + 1 })
  }
}

function checkDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  given: Given,
  limits: Limits,
  signedIn: boolean,
): number {
  const { selections, depth, endless } = outline(document)
  const within = (name: LimitName, received: number) => {
    if (received > limits[name]) throw limitExceeded(name, limits[name], received)
  }
  if (endless !== null) {
    const message = `Expected fragments that end, but "${endless.slice(0, 100)}" contains itself.`
    throw limitExceeded('selections', limits.selections, null, message)
  }
  within('depth', depth)
  within('selections', selections)
  const { introspects, ...measured } = measure(schema, document, given)
  if (introspects && !signedIn)
    throw unauthenticated(
      'Expected a session, but received none: the types of this API are shown to people who are signed in.',
    )
  for (const name of ['operations', 'rootFields', 'aliases', 'directives', 'repeats', 'cost'] as const)
    within(name, Math.ceil(measured[name]))
  return Math.ceil(measured.cost)
}

function kindOf(document: DocumentNode, operationName: string | null): OperationTypeNode {
  const operation = getOperationAST(document, operationName || null)
  if (operation) return operation.operation
  const message = operationName
    ? `Expected an operation named "${operationName.slice(0, 100)}", but the document has none.`
    : 'Expected a document with one operation, or operationName to say which.'
  throw new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } })
}
