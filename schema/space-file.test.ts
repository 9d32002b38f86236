// Space files: what they say, every way in which they can be wrong with its line, and that nothing else ever comes out.
import { describe, expect, it } from 'vitest'
import { OPERATORS } from './operators.js'
import { readSpaceFile, SpaceFileError } from './space-file.js'
import { SPACES } from './spaces.js'

const HEAD = 'network: darts\ncandidates: [skip_connect, sep_conv_3x3]\n'

describe('readSpaceFile', () => {
  it('takes what is not said from the published space of the network', () => {
    const space = readSpaceFile(HEAD)
    const { title, name, candidates, edges, clusters, ...rest } = space
    expect({ title, name, candidates, clusters }).toEqual({
      title: 'Own space',
      name: 'custom',
      candidates: ['skip_connect', 'sep_conv_3x3'],
      clusters: [['skip_connect'], ['sep_conv_3x3']],
    })
    expect(edges).toEqual(SPACES.s2.edges)
    const { title: _, name: __, candidates: ___, edges: ____, clusters: _____, ...published } = SPACES.s2
    expect(rest).toEqual(published)
  })

  it('takes every key, as JSON too', () => {
    const file = {
      title: 'Small',
      network: 'nas-bench-201',
      nodes: 2,
      keep: 'all',
      cells: [1, 2],
      singleCells: 3,
      channels: 8,
      candidates: ['none', 'skip_connect', 'nor_conv_3x3', 'nor_conv_1x1'],
      edges: [{ cell: 'normal', from: 0, to: 2, candidates: ['skip_connect', 'skip_connect'] }],
      clusters: [['nor_conv_1x1', 'nor_conv_3x3'], ['skip_connect']],
    }
    const space = readSpaceFile(JSON.stringify(file, null, 1))
    const { title, network, nodes, cells, singleCells, channels, clusters } = file
    expect(space).toMatchObject({ title, network, nodes, keep: null, cells, singleCells, channels, clusters })
    expect(space.candidates).toEqual(['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3']) // in the order of all operators
    expect(space.edges.map((edge) => `${edge.from} ${edge.to} ${edge.candidates.length}`)).toEqual([
      '0 1 4',
      '0 2 2',
      '1 2 4',
    ])
  })

  it('has only the edges that are named where no candidates are given for all', () => {
    const edge = (cell: string, from: number) =>
      `  - { cell: ${cell}, from: ${from}, to: 2, candidates: [skip_connect, none] }\n`
    const text = `network: darts\nnodes: 1\nkeep: 1\nedges:\n${edge('normal', 1)}${edge('reduction', 0)}`
    expect(readSpaceFile(text).edges.map(({ cell, from }) => `${cell} ${from}`)).toEqual(['normal 1', 'reduction 0'])
  })
})

describe('what is wrong is told with its line', () => {
  const edges = (...lines: string[]) => `${HEAD}edges:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`
  it.each([
    ['nothing at all', ' \n', /^Expected a space file for space custom, but received none/],
    ['a comment alone', '# nothing\n', 'Line 1: Expected keys and values, but received nothing.'],
    ['no YAML', 'network: [darts\nnodes: 3\n', /^Line [23]: Expected YAML, but it cannot be read: .+\.$/],
    [
      'a key twice',
      'network: darts\nnodes: 3\nnodes: 4\n',
      'Line 3: Expected YAML, but it cannot be read: Map keys must be unique.',
    ],
    ['two documents', `${HEAD}---\n${HEAD}`, /^Line \d: Expected YAML/],
    ['a list', '- darts\n', 'Line 1: Expected keys and values, but received a list.'],
    ['no network', 'nodes: 3\n', 'Line 1: network: Expected darts or nas-bench-201, but received nothing.'],
    [
      'an unknown network',
      'nodes: 3\nnetwork: enas\n',
      'Line 2: network: Expected darts or nas-bench-201, but received enas.',
    ],
    [
      'an unknown key',
      `${HEAD}nodez: 3\n`,
      /^Line 3: Expected one of the keys title, .*, but received nodez\. Did you mean nodes/,
    ],
    [
      'an unknown key of an edge',
      edges('cell: normal, from: 0, to: 2, candidate: [noise]'),
      /^Line 4: .*candidates: Expected a list, but received nothing/,
    ],
    ['a word for a number', `${HEAD}nodes: many\n`, 'Line 3: nodes: Expected a number, but received many.'],
    ['a broken number', `${HEAD}nodes: 2.5\n`, 'Line 3: nodes: Expected a whole number, but received 2.5.'],
    ['too few nodes', `${HEAD}nodes: 0\n`, 'Line 3: nodes: Expected at least 1, but received 0.'],
    ['too many nodes', `${HEAD}nodes: 9\n`, 'Line 3: nodes: Expected at most 8, but received 9.'],
    ['no width', `${HEAD}channels: 0\n`, 'Line 3: channels: Expected at least 1, but received 0.'],
    ['an empty title', `${HEAD}title: ''\n`, 'Line 3: title: Expected at least 1 characters, but received 0.'],
    ['one depth for two stages', `${HEAD}cells: [8]\n`, 'Line 3: cells: Expected at least 2 entries, but received 1.'],
    [
      'a depth that cannot be built',
      `${HEAD}cells: [8, 2]\n`,
      'Line 3: Expected at least 3 cells in network darts, but received 2.',
    ],
    [
      'a single depth that cannot be built',
      `${HEAD}singleCells: 1\n`,
      'Line 3: Expected at least 3 cells in network darts, but received 1.',
    ],
    ['nonsense kept', `${HEAD}keep: some\n`, 'Line 3: keep: Expected all or a whole number from 1, but received some.'],
    [
      'more kept than there is',
      `${HEAD}keep: 3\n`,
      'Line 3: Expected keep: all or at most 2, the edges into the first node, but received 3.',
    ],
    [
      'edges dropped in NAS-Bench-201',
      'network: nas-bench-201\nkeep: 1\ncandidates: [none, skip_connect]\n',
      /^Line 2: Expected keep: all/,
    ],
    [
      'neither candidates nor edges',
      'network: darts\n',
      'Line 1: Expected candidates, edges or both, but received neither.',
    ],
    ['no candidates', 'network: darts\ncandidates: []\n', /^Line 2: Expected candidates, but received an empty list/],
    [
      'only none',
      'network: darts\ncandidates: [none, none]\n',
      'Line 2: Expected a candidate besides none, which never wins an edge.',
    ],
    [
      'one candidate',
      'network: darts\ncandidates: [skip_connect]\n',
      'Line 2: Expected at least 2 candidates to choose from, but received only skip_connect.',
    ],
    [
      'an unknown operator',
      'network: darts\ncandidates:\n  - skip_connect\n  - sep_conv_7x7\n',
      /^Line 4: Expected an operator \(none, .*\), but received sep_conv_7x7\. Did you mean sep_conv_/,
    ],
    [
      'a number for an operator',
      'network: darts\ncandidates: [skip_connect, 3]\n',
      'Line 2: candidates.1: Expected a name, but received 3.',
    ],
    [
      'an edge without candidates',
      edges(
        'cell: normal, from: 0, to: 2, candidates: [skip_connect, none]',
        'cell: normal, from: 1, to: 2, candidates: []',
      ),
      /^Line 5: Expected candidates, but received an empty list.*name only the edges that there are/,
    ],
    [
      'an edge with one candidate',
      edges('cell: normal, from: 0, to: 2, candidates: [noise]'),
      /^Line 4: Expected at least 2 candidates/,
    ],
    [
      'an edge backwards',
      edges('cell: normal, from: 3, to: 2, candidates: [skip_connect, none]'),
      'Line 4: Expected an edge of normal or reduction cells from a state to a later node (2 to 5), but received normal 3 to 2.',
    ],
    [
      'an edge twice',
      edges(
        'cell: normal, from: 0, to: 2, candidates: [noise, none]',
        'cell: normal, from: 0, to: 2, candidates: [noise, none]',
      ),
      'Line 5: Expected each edge once, but received normal 0 to 2 twice.',
    ],
    [
      'an unknown kind of cell',
      edges('cell: reduce, from: 0, to: 2, candidates: [noise, none]'),
      'Line 4: edges.0.cell: Expected normal or reduction, but received reduce.',
    ],
    [
      'a node without edges',
      'network: nas-bench-201\nedges:\n  - { cell: normal, from: 0, to: 1, candidates: [noise, none] }\n',
      /^Line 3: Expected at least 1 edges into node 2 of the normal cell, but received 0\. Name more edges/,
    ],
    [
      'a cluster of an unknown operator',
      `${HEAD}clusters:\n  - [skip_connect]\n  - [sep_conv_5x5]\n`,
      /^Line 5: Expected an operator that some edge may choose \(skip_connect, sep_conv_3x3\), but received sep_conv_5x5\. Did you mean sep_conv_3x3/,
    ],
    [
      'none in a cluster',
      `${HEAD}clusters: [[skip_connect], [none]]\n`,
      /^Line 3: Expected an operator that some edge may choose/,
    ],
    [
      'an empty cluster',
      `${HEAD}clusters: [[skip_connect], []]\n`,
      'Line 3: clusters.1: Expected at least 1 entries, but received 0.',
    ],
    [
      'an operator in two clusters',
      `${HEAD}clusters: [[skip_connect], [skip_connect]]\n`,
      'Line 3: Expected each operator in one cluster, but received skip_connect twice.',
    ],
    [
      'more clusters than operators',
      `${HEAD}clusters: [[skip_connect], [sep_conv_3x3], [noise]]\n`,
      'Line 3: Expected at most 2 clusters, as many as there are operators, but received 3.',
    ],
    [
      'an operator in no cluster',
      `${HEAD}clusters: [[skip_connect]]\n`,
      'Line 3: Expected every operator in a cluster, but sep_conv_3x3 is in none.',
    ],
    [
      'aliases without end',
      `a: &a [1]\nb: &b [${'*a, '.repeat(50)}*a]\nc: [${'*b, '.repeat(50)}*b]\n`,
      /^Line 1: Expected YAML/,
    ],
  ])('%s', (_, text, message) => {
    expect(() => readSpaceFile(text)).toThrow(SpaceFileError)
    if (typeof message === 'string') expect(() => readSpaceFile(text)).toThrow(new SpaceFileError(message))
    else expect(() => readSpaceFile(text)).toThrow(message)
  })
})

describe('whatever is written', () => {
  /** Numbers without a pattern, the same each time (mulberry32). */
  const stream = (seed: number) => {
    let state = seed
    return (below: number) => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
    }
  }
  const whole = `title: Whole
network: darts
nodes: 3
keep: 2
cells: [5, 8]
singleCells: 5
channels: 8
candidates: [skip_connect, sep_conv_3x3, none]
edges:
  - { cell: normal, from: 0, to: 2, candidates: [max_pool_3x3, avg_pool_3x3] }
  - cell: reduction
    from: 1
    to: 3
    candidates:
      - noise
      - dil_conv_5x5
clusters:
  - [skip_connect]
  - [sep_conv_3x3, dil_conv_5x5]
  - [max_pool_3x3, avg_pool_3x3]
  - [noise]
`
  const PIECES = [
    ...OPERATORS, ...'[]{}:,-&*!|>%@`"\'#?~\t\n '.split(''),
    'null', 'true', '-1', '0', '1e99', '.nan', '.inf', '0x10', '&a', '*a', '<<: *a', '!!binary', '!!set', '---', '...', '\u0000', '\ud800', '__proto__',
    'constructor: 1', 'normal', 'reduction', 'all', 'candidates:', 'edges:', 'clusters:',
  ] // prettier-ignore
  const outcome = (text: string): string => {
    try {
      readSpaceFile(text)
      return 'read'
    } catch (error) {
      if (error instanceof SpaceFileError && /^(Line \d+: (\S+: )?)?Expected .+/s.test(error.message)) return 'refused'
      throw new Error(`Expected a space or a SpaceFileError, but ${String(error)} came out of:\n${text}`)
    }
  }

  it('gives a space or a SpaceFileError: 1,000 files cut, spliced and sprinkled', () => {
    const draw = stream(1)
    const seen = new Set<string>()
    for (let n = 0; n < 1000; n++) {
      let text = whole
      for (let edits = draw(4) + 1; edits > 0; edits--) {
        const [from, length] = [draw(text.length + 1), draw(3) === 0 ? draw(60) : draw(4)]
        const piece = draw(4) === 0 ? text.slice(draw(text.length), draw(text.length)) : PIECES[draw(PIECES.length)]!
        text = text.slice(0, from) + piece + text.slice(from + length)
      }
      seen.add(outcome(text))
    }
    expect(seen).toEqual(new Set(['read', 'refused']))
  })

  it.each([
    ['brackets in brackets', '['.repeat(100_000)],
    ['maps in maps', '{a: '.repeat(20_000)],
    ['dashes in dashes', '- '.repeat(20_000)],
    ['an alias of itself', 'candidates: &a [*a, skip_connect]\nnetwork: darts'],
    ['a name as long as can be', `network: darts\ncandidates: [${'x'.repeat(90_000)}, none]`],
  ])('%s', (_, text) => {
    expect(outcome(text)).toBe('refused')
  })
})
