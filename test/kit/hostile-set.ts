// What people send to bring a GraphQL server down: each with the code and the limit that it must be refused by, over HTTP and on a socket.
export interface HostileRequest {
  readonly name: string
  readonly code: string
  /** Null where the code says all. */
  readonly limit: string | null
  readonly query: string
  readonly variables?: Record<string, unknown>
}

const many = (count: number, one: (index: number) => string, between = ' ') =>
  Array.from({ length: count }, (_, index) => one(index)).join(between)
const nested = (count: number, open: string, inner: string, close = '}') =>
  `${open.repeat(count)}${inner}${close.repeat(count)}`
const nestedValue = (depth: number): unknown => {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

const limited = (limit: string, name: string, query: string, variables?: Record<string, unknown>): HostileRequest => ({
  name,
  code: 'LIMIT_EXCEEDED',
  limit,
  query,
  ...(variables && { variables }),
})

const TYPE_LOOP = 'fields { type { '

const DEPTH = [
  limited(
    'depth',
    'plain fields nested deep',
    `{ node(id: "a") { ... on Search { ${nested(20, 'trainings { search { ', 'id', '} }')} } } }`,
  ),
  limited(
    'depth',
    'nested deep in inline fragments',
    `{ ${nested(18, '... on Query { ', 'run(id: "a") { ... on Search { ' + nested(9, 'group { runs { ', 'id', '} }') + ' } }')} }`,
  ),
  limited(
    'depth',
    'nested deep in inline fragments without a type',
    `{ run(id: "a") { ... { ${nested(16, 'group { ... { ', 'id', '} }')} } } }`,
  ),
  limited(
    'depth',
    'a chain of named fragments, each one field deep',
    `{ ...F0 } ${many(25, (i) => `fragment F${i} on Query { run(id: "a") { ...F${i + 1} } }`)} fragment F25 on Query { server { version } }`,
  ),
  limited(
    'depth',
    'a named fragment used deep below, counted from where it is used',
    `{ ${nested(9, 'group(id: "a") { runs { ', '...F', '} }')} } fragment F on Run { group { runs { id } } }`,
  ),
  limited('depth', 'deep introspection', `{ __schema { types { ${nested(10, TYPE_LOOP, 'name', '} }')} } } }`),
  limited('depth', 'the type of a type of a type', `{ __type(name: "Run") { ${nested(20, 'ofType { ', 'name')} } }`),
]

const LOOPS = [
  limited('selections', 'a fragment that contains itself', '{ ...A } fragment A on Query { server { version } ...A }'),
  limited(
    'selections',
    'two fragments that contain each other',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  ),
  limited(
    'selections',
    'a loop through an inline fragment',
    '{ ...A } fragment A on Query { ... on Query { ... { ...A } } }',
  ),
  limited(
    'selections',
    'a loop within a field',
    '{ run(id: "a") { ...A } } fragment A on Run { group { runs { ...A } } }',
  ),
  limited(
    'selections',
    'a loop that nothing uses',
    '{ server { version } } fragment A on Query { ...B } fragment B on Query { ...A }',
  ),
  limited(
    'selections',
    'fragments within fragments, each used ten times',
    `{ ...F0 } ${many(12, (i) => `fragment F${i} on Query { ${many(10, () => `...F${i + 1}`)} }`)} fragment F12 on Query { server { version } }`,
  ),
  limited(
    'selections',
    'sixty fragments, each used twice',
    `{ ...F0 } ${many(60, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F60 on Query { viewer { id } }`,
  ),
]

const FLOODS = [
  limited(
    'rootFields',
    'one field at the top under many names, few enough to be aliases',
    `{ ${many(25, (i) => `a${i}: viewer { id }`)} }`,
  ),
  limited(
    'rootFields',
    'fields at the top through fragments',
    `{ ${many(4, (i) => `...F${i}`)} } ${many(4, (f) => `fragment F${f} on Query { ${many(7, (i) => `a${f}${i}: viewer { id }`)} }`)}`,
  ),
  limited('aliases', 'aliases below the top', `{ viewer { ${many(200, (i) => `a${i}: name`)} } }`),
  limited(
    'aliases',
    'aliases of a field that costs nothing',
    `{ viewer { ${many(100, (i) => `a${i}: __typename`)} } }`,
  ),
  limited(
    'aliases',
    'aliases in a fragment that is used many times',
    `{ ${many(8, () => 'viewer { ...F }')} } fragment F on Viewer { ${many(6, (i) => `a${i}: name`)} }`,
  ),
  limited(
    'aliases',
    'aliases in inline fragments',
    `{ viewer { ${many(40, (i) => `... on Viewer { a${i}: name }`)} } }`,
  ),
  limited(
    'rootFields',
    'mutations in a row, as many as are guessed at once',
    `mutation { ${many(30, (i) => `a${i}: signIn(link: "${i}") { token }`)} }`,
  ),
  limited('tokens', 'very many fields', `{ viewer { ${many(3_000, () => 'id')} } }`),
  limited('tokens', 'very many aliases', `{ ${many(800, (i) => `a${i}: viewer { id }`)} }`),
  limited('tokens', 'a list of very many values', `{ node(id: "a", x: [${many(3_000, () => '1')}]) { id } }`),
  limited(
    'tokens',
    'very many operations',
    many(600, (i) => `query Q${i} { viewer { id } }`),
  ),
  limited('tokens', 'very many fragments', `{ viewer { id } } ${many(400, (i) => `fragment F${i} on Viewer { id }`)}`),
  limited('tokens', 'very many variables', `query (${many(600, (i) => `$v${i}: Int`)}) { viewer { id } }`),
  limited(
    'operations',
    'several operations in one document',
    many(8, (i) => `query Q${i} { viewer { id } }`),
  ),
  limited('repeats', 'one field again and again', `{ viewer { ${many(900, () => 'id')} } }`),
  limited(
    'repeats',
    'one field with one argument again and again',
    `{ run(id: "a") { ${many(150, () => 'series(name: "loss") { name }')} } }`,
  ),
  limited(
    'repeats',
    'fields that must be merged on every level',
    `{ ${many(10, () => `run(id: "a") { ${many(10, () => 'progress { done total }')} }`)} }`,
  ),
  limited(
    'repeats',
    'one field through many fragments',
    `{ viewer { ${many(30, (i) => `...F${i}`)} } } ${many(30, (i) => `fragment F${i} on Viewer { id }`)}`,
  ),
  limited('documentChars', 'a long document', `{ viewer { id } } #${' '.repeat(30_000)}`),
  limited('documentChars', 'a long text', `{ node(id: "${'a'.repeat(100_000)}") { id } }`),
  limited('documentChars', 'a long block text', `{ node(id: """${'a\n'.repeat(50_000)}""") { id } }`),
  limited('documentChars', 'a long number', `{ runs(first: ${'9'.repeat(100_000)}) { totalCount } }`),
  limited('documentChars', 'a long name', `{ ${'a'.repeat(100_000)} }`),
]

const skips = (count: number) => many(count, () => '@skip(if: false)')
const DIRECTIVES = [
  limited('directives', 'on a field', `{ viewer ${skips(50)} { id } }`),
  limited('directives', 'unknown ones', `{ viewer ${many(300, (i) => `@d${i}`)} { id } }`),
  limited('directives', 'on an operation', `query Q ${skips(50)} { viewer { id } }`),
  limited('directives', 'on a variable', `query Q($a: Int ${skips(50)}) { viewer { id } }`),
  limited('directives', 'on an inline fragment', `{ ... ${skips(50)} { viewer { id } } }`),
  limited('directives', 'on the use of a fragment', `{ ...F ${skips(50)} } fragment F on Query { viewer { id } }`),
  limited('directives', 'on a fragment', `{ ...F } fragment F on Query ${skips(50)} { viewer { id } }`),
  limited(
    'directives',
    'a few in a fragment that is used many times',
    `{ ${many(5, () => '...F')} } fragment F on Query { viewer ${skips(5)} { id } }`,
  ),
]

const LISTS = [
  limited(
    'cost',
    'lists within lists',
    '{ groups(first: 200) { edges { node { runs { metrics { name last } group { runs { metrics { name } } } } } } } }',
  ),
  limited(
    'cost',
    'lists within lists, in named fragments',
    '{ groups(first: 200) { ...A } } fragment A on RunGroupConnection { edges { node { runs { ...B } } } } fragment B on Run { group { runs { metrics { name last min } } } }',
  ),
  limited(
    'cost',
    'lists within lists, in inline fragments',
    '{ groups(first: 200) { ... { edges { ... { node { ... on RunGroup { runs { ... { group { runs { metrics { name last min } } } } } } } } } } } }',
  ),
  limited(
    'cost',
    'a long page by a variable',
    'query ($n: Int) { runs(first: $n) { edges { node { id metrics { name } } } } }',
    { n: 2_000_000_000 },
  ),
  limited(
    'cost',
    'a long page by the default of a variable',
    'query ($n: Int = 100000) { runs(first: $n) { edges { node { id metrics { name } } } } }',
  ),
  limited(
    'cost',
    'a long page in a nested list',
    '{ runs(first: 200) { edges { node { ... on Search { trainings(first: 100000) { id } } } } } }',
  ),
  limited(
    'cost',
    'a history of very many buckets',
    '{ run(id: "a") { series(name: "loss", buckets: 2000000000) { x } } }',
  ),
  limited(
    'cost',
    'long histories of many runs',
    '{ runs(first: 200) { edges { node { series(name: "loss", buckets: 10000) { x min max } } } } }',
  ),
  limited(
    'cost',
    'all events of all runs',
    '{ runs(first: 200) { edges { node { events(first: 1000) { edges { node { data } } } } } } }',
  ),
  limited(
    'cost',
    'skipped by a directive, but asked for',
    '{ groups(first: 200) @include(if: true) { edges { node { runs { group { runs { metrics { name last } } } } } } } }',
  ),
  limited(
    'cost',
    'the types of the API around and around',
    `{ __schema { types { ${nested(5, TYPE_LOOP, 'name', '} }')} } } }`,
  ),
]

const VALUES = [
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

const BROKEN: HostileRequest[] = [
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
]

/** Each stays a question to one server: what breaks one limit keeps to all that are looked at before it. */
export const HOSTILE_SET: readonly HostileRequest[] = [
  ...DEPTH,
  ...LOOPS,
  ...FLOODS,
  ...DIRECTIVES,
  ...LISTS,
  ...VALUES,
  ...BROKEN,
]
