// What a client sees of an error: refusals as they are, our own mistakes as a number to quote. One way for HTTP and sockets.
import { randomBytes } from 'node:crypto'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { Logger } from 'pino'
import { ArgumentValidationError } from 'type-graphql'

/** Codes of Apollo and of the house that say that the request was at fault. */
const TOLD = new Set([
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
])

/** graphql-js' own refusals (unknown field, wrong type of a variable) come without a code and without a cause. */
const isGraphQLs = (error: GraphQLError) => !error.originalError && !error.path

export function formatError(log: Logger, error: unknown): GraphQLFormattedError {
  const given =
    error instanceof GraphQLError ? error : new GraphQLError(String(error), { originalError: error as Error })
  const cause = given.originalError
  const { locations, path } = given.toJSON()
  const at = { ...(locations && { locations }), ...(path && { path }) }
  if (cause instanceof ArgumentValidationError) {
    const { validationErrors } = cause.extensions
    const fields = validationErrors.map(({ property, constraints }) => ({
      path: property,
      message: Object.values(constraints ?? {}).join('. '),
    }))
    return { message: cause.message, ...at, extensions: { code: 'BAD_USER_INPUT', fields } }
  }
  const code = given.extensions.code
  if (typeof code === 'string' && TOLD.has(code)) {
    const { stacktrace: _, ...extensions } = given.extensions
    return { message: given.message, ...at, extensions }
  }
  if (code === undefined && isGraphQLs(given))
    return { message: given.message, ...at, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }
  const number = randomBytes(4).toString('hex')
  log.error({ number, err: cause ?? given, path }, 'A request failed by a mistake of the server.')
  const message = `The server made a mistake. Its log has the details under number ${number}.`
  return { message, ...at, extensions: { code: 'INTERNAL_SERVER_ERROR', number } }
}
