// Deep documents, and such as never end: plain, through fragments of each kind, and through the API's own types.
import { limited, many, nested, TYPE_LOOP } from './request.js'

export const DEPTH = [
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
  limited(
    'depth',
    'a named fragment measured shallow first, then used deep below',
    `{ run(id: "a") { ...F } group(id: "a") { ${nested(7, 'runs { group { ', 'runs { ...F }', '} }')} } } fragment F on Run { group { runs { id } } }`,
  ),
  limited(
    'depth',
    'in a fragment named as introspection is',
    `{ ${nested(7, 'group(id: "a") { runs { ', '...__schema', '} }')} } fragment __schema on Run { group { runs { id } } }`,
  ),
  limited('depth', 'fields that there are not', `{ viewer { ${nested(16, 'name { ', 'name')} } }`),
  limited(
    'depth',
    'deep in the second operation, the first asked for',
    `query A { viewer { id } } query B { run(id: "a") { ${nested(9, 'group { runs { ', 'id', '} }')} } }`,
  ),
]

export const LOOPS = [
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
