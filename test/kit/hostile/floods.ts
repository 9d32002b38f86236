// Very much of one thing: fields, aliases, fragments, operations, directives, characters.
import { limited, many } from './request.js'

export const FLOODS = [
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
  limited(
    'repeats',
    'fragments whose fields must be compared in pairs',
    `{ run(id: "a") { ${many(40, (i) => `...F${i}`)} } } ${many(40, (i) => `fragment F${i} on Run { group { runs { id } } }`)}`,
  ),
  limited('aliases', 'aliases of a field that there is not', `{ viewer { ${many(60, (i) => `a${i}: password`)} } }`),
  limited(
    'aliases',
    'aliases of a field and within a fragment beside it, each alone few enough',
    `{ viewer { ${many(20, (i) => `a${i}: id`)} ...F } } fragment F on Viewer { ${many(20, (i) => `b${i}: id`)} }`,
  ),
  limited('tokens', 'fields with fields, all unknown', `{ viewer { ${many(600, (i) => `f${i} { name }`)} } }`),
  limited('documentChars', 'very many remarks', `{ viewer { id } } ${many(3_000, () => '# remark', '\n')}`),
]

const skips = (count: number) => many(count, () => '@skip(if: false)')
export const DIRECTIVES = [
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
  limited(
    'directives',
    'one with an argument, as those that clients put before a server sees them',
    `query Q ${many(30, (i) => `@component(name: "${i}")`)} { viewer { id } }`,
  ),
]
