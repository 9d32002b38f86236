// What a client sees of an error: refusals as they are, our own mistakes as a number to quote. One way for HTTP and sockets.
import { randomBytes } from 'node:crypto'
import { REQUEST_ERROR_CODES } from '@cellboard/schema/error-codes'
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql'
import type { Logger } from 'pino'
import { ArgumentValidationError } from 'type-graphql'
import { currentScope, type Scope } from './scope.js'

/** Codes of the house, and of Apollo, that say that the request was at fault. */
const TOLD = new Set<string>([
  ...REQUEST_ERROR_CODES.filter((code) => code !== 'INTERNAL_SERVER_ERROR'),
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
])

/** A message may quote what was sent, but not all of it. */
const MOST_CHARS = 1_000

/** graphql-js' own refusals (unknown field, wrong type of a variable) come without a code and without a cause. */
const isGraphQLs = (error: GraphQLError) => !error.originalError && !error.path

/** `scope` is that of the request: its id is told, and strangers are not told what else there is. */
export function formatError(
  log: Logger,
  error: unknown,
  scope: Scope | undefined = currentScope(),
): GraphQLFormattedError {
  const { message, extensions, ...at } = toldOf(log, error, scope)
  // Neither the message nor what was asked: both quote values.
  log.debug(
    { requestId: scope?.requestId, code: extensions?.code, limit: extensions?.limit, path: at.path },
    'Refused.',
  )
  return {
    message: shortened(scope?.signedIn === false ? message.replace(/ Did you mean .*\?$/s, '') : message),
    ...at,
    extensions: { ...extensions, ...(scope && { requestId: scope.requestId }) },
  }
}

const shortened = (message: string) =>
  message.length <= MOST_CHARS ? message : `${message.slice(0, MOST_CHARS)} ... (${message.length} characters)`

function toldOf(log: Logger, error: unknown, scope: Scope | undefined): GraphQLFormattedError {
  const given =
    error instanceof GraphQLError ? error : new GraphQLError(String(error), { originalError: error as Error })
  const cause = given.originalError
  const { locations, path } = given.toJSON()
  const at = { ...(locations && { locations }), ...(path && { path }) }
  if (cause instanceof ArgumentValidationError) {
    const { validationErrors } = cause.extensions
    const fields = validationErrors.map(({ property, constraints }) => ({
      path: property,
      message: shortened(Object.values(constraints ?? {}).join('. ')),
    }))
    return { message: cause.message, ...at, extensions: { code: 'BAD_USER_INPUT', fields } }
  }
  const code = given.extensions.code
  if (typeof code === 'string' && TOLD.has(code)) {
    const { stacktrace: _, http: __, ...extensions } = given.extensions
    return { message: given.message, ...at, extensions }
  }
  if (code === undefined && isGraphQLs(given))
    return { message: given.message, ...at, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }
  const number = randomBytes(4).toString('hex')
  const { requestId } = scope ?? {}
  log.error({ number, requestId, err: cause ?? given, path }, 'A request failed by a mistake of the server.')
  const message = `The server made a mistake. Its log has the details under number ${number}.`
  return { message, ...at, extensions: { code: 'INTERNAL_SERVER_ERROR', number } }
}

/** Errors of one answer, so many at most; where its time was over that is all there is to say. */
export function boundErrors<Result extends { errors?: readonly GraphQLFormattedError[]; data?: unknown }>(
  result: Result,
): Result {
  const late = result.errors?.find(({ extensions }) => extensions?.code === 'TIMED_OUT')
  if (late) return { ...result, data: null, errors: [late] }
  return result.errors && result.errors.length > MOST_ERRORS
    ? { ...result, errors: result.errors.slice(0, MOST_ERRORS) }
    : result
}
const MOST_ERRORS = 50

/** An answer without data was refused before any field was asked: its variables are not what the document says. As Apollo tells it. */
export const askedWrong = ({
  data,
  errors = [],
}: Pick<ExecutionResult, 'errors'> & { data?: unknown }): readonly GraphQLError[] =>
  data !== undefined
    ? errors
    : errors.map(({ message, nodes, extensions }) => {
        const code = extensions.code ?? 'BAD_USER_INPUT'
        return new GraphQLError(message, { nodes: nodes ?? null, extensions: { ...extensions, code } })
      })
