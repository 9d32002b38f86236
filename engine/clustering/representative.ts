// Who stands for a cluster in stage 1: first, smallest, cheapest or most central of its members.
import type { Correlation, OperatorCluster } from '@cellboard/schema/events'
import { OPERATOR_FACTS, type Operator } from '@cellboard/schema/operators'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { Space } from '@cellboard/schema/spaces'
import { countOperator } from '../space/block-cost.js'
import { Tally } from '../space/tally.js'

export interface RepresentativeChoice {
  readonly rule: ResolvedSearchSettings['representative']
  readonly space: Pick<Space, 'network'>
  /** Width of the first cell, in channels, and side of its images in pixels: where `cheapest` is reckoned. */
  readonly channels: number
  readonly size: number
  /** Where it was measured; `central` needs it. */
  readonly correlation?: Pick<Correlation, 'operators' | 'rho'>
}

/**
 * The cluster with its representative first, the others in their order. Of members that are equally good the first represents: with
 * two members, `central` is always a tie.
 *
 * first: as they come. smallest: window in pixels, as StacNAS released it. cheapest: multiply-adds on an edge of stride 1 of the first
 * cell. central: largest mean correlation to the other members.
 */
export function withRepresentative(members: readonly Operator[], choice: RepresentativeChoice): OperatorCluster {
  const worth = members.map((operator) => worthOf(operator, members, choice))
  const representative = members[worth.indexOf(Math.max(...worth))]!
  return { operators: [representative, ...members.filter((operator) => operator !== representative)], representative }
}

function worthOf(operator: Operator, members: readonly Operator[], choice: RepresentativeChoice): number {
  switch (choice.rule) {
    case 'first':
      return 0
    case 'smallest':
      return -OPERATOR_FACTS[operator].window
    case 'cheapest':
      return -multiplyAddsOf(operator, choice)
    case 'central':
      return meanCorrelation(operator, members, choice.correlation)
  }
}

function multiplyAddsOf(operator: Operator, { space, channels, size }: RepresentativeChoice): number {
  const tally = new Tally()
  const style = { space: space.network, affine: false, poolNorm: space.network === 'darts' }
  countOperator(tally, operator, { channels, size, stride: 1, style })
  return tally.multiplyAdds
}

function meanCorrelation(
  operator: Operator,
  members: readonly Operator[],
  correlation: RepresentativeChoice['correlation'],
): number {
  const others = members.filter((other) => other !== operator)
  if (others.length === 0) return 1
  if (!correlation) throw new Error('Expected measured correlations for the most central member, but there are none.')
  const { operators, rho } = correlation
  const row = rho[operators.indexOf(operator)]!
  return others.reduce((sum, other) => sum + row[operators.indexOf(other)]!, 0) / others.length
}
