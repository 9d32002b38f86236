// Who stands for a cluster, by each rule.
import type { Operator } from '@cellboard/schema/operators'
import { SPACES, type PublishedSpaceName } from '@cellboard/schema/spaces'
import { expect, it } from 'vitest'
import { withRepresentative, type RepresentativeChoice } from './representative.js'

interface Case {
  rule: RepresentativeChoice['rule']
  space: PublishedSpaceName
  members: Operator[]
  ordered: Operator[]
}
const cases: Case[] = [
  { rule: 'first', space: 'darts', members: ['avg_pool_3x3', 'max_pool_3x3'], ordered: ['avg_pool_3x3', 'max_pool_3x3'] }, // prettier-ignore
  { rule: 'smallest', space: 'darts', members: ['sep_conv_5x5', 'dil_conv_5x5', 'sep_conv_3x3'], ordered: ['sep_conv_3x3', 'sep_conv_5x5', 'dil_conv_5x5'] }, // prettier-ignore
  { rule: 'smallest', space: 'darts', members: ['max_pool_3x3', 'skip_connect'], ordered: ['skip_connect', 'max_pool_3x3'] }, // prettier-ignore
  { rule: 'cheapest', space: 'darts', members: ['sep_conv_3x3', 'dil_conv_3x3', 'sep_conv_5x5'], ordered: ['dil_conv_3x3', 'sep_conv_3x3', 'sep_conv_5x5'] }, // prettier-ignore
  { rule: 'cheapest', space: 'nas-bench-201', members: ['nor_conv_3x3', 'nor_conv_1x1'], ordered: ['nor_conv_1x1', 'nor_conv_3x3'] }, // prettier-ignore
  { rule: 'central', space: 'darts', members: ['sep_conv_3x3', 'sep_conv_5x5', 'dil_conv_3x3'], ordered: ['sep_conv_5x5', 'sep_conv_3x3', 'dil_conv_3x3'] }, // prettier-ignore
  { rule: 'central', space: 'darts', members: ['dil_conv_3x3', 'sep_conv_3x3'], ordered: ['dil_conv_3x3', 'sep_conv_3x3'] }, // prettier-ignore
  { rule: 'central', space: 'darts', members: ['skip_connect'], ordered: ['skip_connect'] },
]

it.each(cases)('$rule of $members in $space', ({ rule, space, members, ordered }) => {
  const operators: Operator[] = ['sep_conv_3x3', 'sep_conv_5x5', 'dil_conv_3x3', 'skip_connect']
  // sep5 lies between sep3 and dil3.
  const rho = [[1, 0.8, 0.2, 0], [0.8, 1, 0.7, 0], [0.2, 0.7, 1, 0], [0, 0, 0, 1]] // prettier-ignore
  const choice = { rule, space: SPACES[space], channels: 16, size: 32, correlation: { operators, rho } }
  expect(withRepresentative(members, choice)).toEqual({ operators: ordered, representative: ordered[0] })
})
