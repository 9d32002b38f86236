// Documents that are short and ask for very long answers: pages, lists in lists, histories.
import { limited, many, nested, TYPE_LOOP } from './request.js'

export const LISTS = [
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
  limited(
    'cost',
    'a long page from the end',
    '{ runs(last: 200) { edges { node { events(first: 1000) { edges { node { data } } } } } } }',
  ),
  limited('cost', 'a page of very many from the end', 'query ($n: Int) { runs(last: $n) { edges { node { id } } } }', {
    n: 2_000_000_000,
  }),
  limited(
    'cost',
    'a long page by a default, hidden behind the default of another operation',
    'query A($n: Int = 100000) { runs(first: $n) { edges { node { id metrics { name } } } } } query B($n: Int = 1) { runs(first: $n) { totalCount } }',
  ),
  limited(
    'cost',
    'lists within lists in an operation and a fragment named as introspection is',
    'query __schema { ...__schema } fragment __schema on Query { groups(first: 200) { edges { node { runs { group { runs { metrics { name last } } } } } } } }',
  ),
  limited(
    'cost',
    'one long filter, handed to many lists',
    `query ($f: RunFilter) { ${many(15, (i) => `a${i}: runs(filter: $f) { totalCount }`)} }`,
    { f: { kinds: Array(19_000).fill('SEARCH') } },
  ),
]
