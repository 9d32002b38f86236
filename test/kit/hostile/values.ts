// Values that nest, grow or are none; and what is no request at all.
import { limited, nested, nestedValue, type HostileRequest } from './request.js'

export const VALUES = [
  limited('nesting', 'a list in a list in a list', `{ node(id: ${nested(500, '[', '1', ']')}) { id } }`),
  limited(
    'nesting',
    'an object in an object in an object',
    `{ previewSearch(input: ${nested(300, '{ a: ', '1', '}')}) { __typename } }`,
  ),
  limited('nesting', 'inline fragments in one another', `{ ${nested(300, '... { ', 'viewer { id }')} }`),
  limited('nesting', 'a list type in a list type', `query ($a: ${nested(400, '[', 'Int', ']')}) { viewer { id } }`),
  limited('nesting', 'brackets that never close', '{ a '.repeat(400)),
  limited('variableDepth', 'a list in a list in a list, by a variable', 'query ($a: ID!) { node(id: $a) { id } }', {
    a: nestedValue(1_000),
  }),
  limited('variableDepth', 'deep values of a variable that nothing uses', '{ viewer { id } }', { a: nestedValue(30) }),
  limited(
    'variableEntries',
    'a list of very many values, by a variable',
    'subscription ($a: [ID!]!) { runFeed(runs: $a) { cursors { number } } }',
    { a: Array(50_000).fill('a') },
  ),
  limited(
    'variableEntries',
    'very many variables',
    '{ viewer { id } }',
    Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`v${i}`, 0])),
  ),
  limited('variableChars', 'a long text, by a variable', 'query ($a: ID!) { node(id: $a) { id } }', {
    a: 'a'.repeat(600_000),
  }),
]

export const BROKEN: HostileRequest[] = [
  { name: 'nothing', code: 'GRAPHQL_PARSE_FAILED', limit: null, query: '' },
  {
    name: 'characters that are none of the language',
    code: 'GRAPHQL_PARSE_FAILED',
    limit: null,
    query: '\u0000\u0001{{{',
  },
  { name: 'a text that never ends', code: 'GRAPHQL_PARSE_FAILED', limit: null, query: '{ node(id: "' },
  {
    name: 'a document without an operation',
    code: 'OPERATION_RESOLUTION_FAILURE',
    limit: null,
    query: 'fragment F on Query { viewer { id } }',
  },
  { name: 'types of its own', code: 'OPERATION_RESOLUTION_FAILURE', limit: null, query: 'type Query { a: Int }' },
  { name: 'a field that there is not', code: 'GRAPHQL_VALIDATION_FAILED', limit: null, query: '{ passwords }' },
  {
    name: 'a variable of the wrong kind',
    code: 'BAD_USER_INPUT',
    limit: null,
    query: 'query ($n: Int!) { runs(first: $n) { totalCount } }',
    variables: { n: 'x' },
  },
  {
    name: 'a name that every object has',
    code: 'GRAPHQL_VALIDATION_FAILED',
    limit: null,
    query: '{ __proto__ constructor { prototype } }',
  },
  {
    name: 'a character that there is not',
    code: 'GRAPHQL_PARSE_FAILED',
    limit: null,
    query: '{ node(id: "\\u{110000}") { id } }',
  },
  {
    name: 'half a character',
    code: 'GRAPHQL_PARSE_FAILED',
    limit: null,
    query: '{ node(id: "\\uD800") { id } }',
  },
  {
    name: 'an upload, which there is not',
    code: 'GRAPHQL_VALIDATION_FAILED',
    limit: null,
    query: 'mutation ($file: Upload!) { upload(file: $file) { id } }',
    variables: { file: null },
  },
  {
    name: 'a page of less than nothing',
    code: 'BAD_USER_INPUT',
    limit: null,
    query: '{ runs(first: -1) { totalCount } }',
  },
  {
    name: "a cursor of one's own making",
    code: 'BAD_USER_INPUT',
    limit: null,
    query: '{ runs(after: "WyJbXSIsLTEsMSwxXQ") { totalCount } }',
  },
  {
    name: 'a cursor that is a piece of a statement',
    code: 'BAD_USER_INPUT',
    limit: null,
    query: '{ groups(after: "\' or 1 = 1 --") { totalCount } }',
  },
  {
    name: 'a text that ends within a statement',
    code: 'BAD_USER_INPUT',
    limit: null,
    query: '{ team(slug: "a\\u0000b") { id } }',
  },
  {
    name: 'a text that ends within a statement, by a variable deep within',
    code: 'BAD_USER_INPUT',
    limit: null,
    query: 'query ($f: RunFilter) { runs(filter: $f) { totalCount } }',
    variables: { f: { tags: { any: ['a\u0000'] } } },
  },
]
