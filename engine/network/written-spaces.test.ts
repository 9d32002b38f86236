// Spaces that people might write: random files give spaces that build, count and derive, in both networks.
import { OPERATORS, type Operator } from '@cellboard/schema/operators'
import { readSpaceFile } from '@cellboard/schema/space-file'
import { CELL_KINDS } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { randomStream, shuffle, type RandomStream } from '../data/random.js'
import { allCandidates, sameClusters, stageOneCandidates } from '../space/candidates.js'
import { checkGenotype } from '../space/check-genotype.js'
import { countGenotype, countSupernet } from '../space/cost.js'
import { deriveGenotype } from '../space/derive.js'
import { buildFinalNetwork } from './final-network.js'
import { buildSupernet } from './supernet.js'
import { countWeights } from './weights.js'

/** The items in a random order. */
const mixed = <T>(items: readonly T[], random: RandomStream): T[] =>
  Array.from(
    shuffle(
      Int32Array.from(items, (_, i) => i),
      random,
    ),
    (i) => items[i]!,
  )
const below = (random: RandomStream, most: number) => Math.floor(random() * most)

/** A valid space file, as JSON: random nodes, edges, candidates, clusters, depths and width. */
function randomFile(random: RandomStream) {
  const network = random() < 0.7 ? 'darts' : 'nas-bench-201'
  const [inputs, kinds] = network === 'darts' ? [2, CELL_KINDS] : [1, ['normal']]
  const nodes = 1 + below(random, 4)
  const keep = network === 'darts' && random() < 0.8 ? 1 + below(random, 2) : 'all'
  const some = (): Operator[] => [
    ...mixed(OPERATORS, random).slice(0, 1 + below(random, 4)),
    OPERATORS[1 + below(random, OPERATORS.length - 1)]!,
  ]
  const every = kinds.flatMap((cell) =>
    Array.from({ length: nodes }, (_, node) => inputs + node).flatMap((to) =>
      Array.from({ length: to }, (_, from) => ({ cell, from, to, candidates: some() })),
    ),
  )
  // Without candidates for all, every node must have the edges that it keeps: its first ones stay.
  const candidates = random() < 0.5 ? some() : undefined
  const least = keep === 'all' ? 1 : keep
  const edges = mixed(
    every.filter(({ from }) => random() < 0.6 || (!candidates && from < least)),
    random,
  )
  return {
    network,
    nodes,
    keep,
    cells: [3 + below(random, 3), 3],
    channels: 1 + below(random, 4),
    edges,
    ...(candidates && { candidates }),
  }
}

describe('a written space', () => {
  it.each(Array.from({ length: 60 }, (_, i) => i))('number %i builds, counts and derives', (number) => {
    const random = randomStream(number, 'written-space')
    const space = readSpaceFile(JSON.stringify(randomFile(random), null, 1))
    const shape = { space, cells: space.cells[0], channels: 2 * space.channels, classes: 7, imageChannels: 1 }
    expect(space.clusters.flat().sort()).toEqual(space.candidates.filter((one) => one !== 'none').sort())
    for (const candidates of [allCandidates(space), stageOneCandidates(space, sameClusters(space.clusters))]) {
      const plan = { ...shape, candidates }
      expect(countWeights(buildSupernet(plan).specs)).toBe(countSupernet(plan).parameters)
      const logits = candidates.map((edge) => edge.map(() => random()))
      const genotype = checkGenotype(deriveGenotype(space, candidates, logits))
      expect(genotype.normal).toHaveLength(space.nodes)
      if (space.keep !== null) for (const node of genotype.normal) expect(node).toHaveLength(space.keep)
      const final = { ...shape, genotype, imageSize: 16, auxiliary: false, poolNorm: true }
      expect(countWeights(buildFinalNetwork(final).specs)).toBe(countGenotype(final).parameters)
    }
  })
})
