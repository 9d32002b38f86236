// A group of runs and what is reckoned over it, as the API shows it.
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'
import { PageInfo } from '../graphql/paging.js'
import { DateTime, Float64Column } from '../graphql/scalars.js'
import type { RunGroupRow } from './group.table.js'
import { Node } from './run.type.js'

export enum Pick {
  LAST = 'LAST',
  MIN = 'MIN',
  MAX = 'MAX',
}
registerEnumType(Pick, {
  name: 'Pick',
  description: 'Which value of a metric stands for a run.',
  valuesConfig: {
    LAST: { description: 'The last.' },
    MIN: { description: 'The least finite one.' },
    MAX: { description: 'The greatest finite one.' },
  },
})

@ObjectType({ description: 'Over the runs of a group that are FINISHED and have the figure.' })
export class Aggregate {
  @Field(() => Float, { nullable: true, description: 'Null where no run has it.' })
  mean!: number | null

  @Field(() => Float, {
    nullable: true,
    description: 'Standard deviation of the sample; null for fewer than two runs.',
  })
  deviation!: number | null

  @Field(() => Int, { description: 'Runs that it is taken over.' })
  n!: number
}

@ObjectType({
  description: 'Columns of equal length: one entry a step, or a stretch of steps where there are too many.',
})
export class BandSeries {
  @Field(() => String, { description: 'Name of the metric.' })
  name!: string

  @Field(() => Float64Column, { description: 'The last step of each entry.' })
  x!: Float64Array

  @Field(() => Float64Column, { description: 'Over all finite values of all runs.' })
  mean!: Float64Array

  @Field(() => Float64Column, { description: 'The least of all runs.' })
  min!: Float64Array

  @Field(() => Float64Column, { description: 'The greatest of all runs.' })
  max!: Float64Array

  @Field(() => Float64Column, { description: 'Runs that have a point there: fewer where some are not so far.' })
  runs!: Float64Array
}

@ObjectType({ implements: Node, description: 'Runs that differ only in the seed: the unit of result.' })
export class RunGroup extends Node {
  @Field(() => String, { description: 'As people call it.' })
  name!: string

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: Date
}

@ObjectType({ description: 'One group with its place in the list.' })
export class RunGroupEdge {
  @Field(() => String, { description: 'Place in the list.' })
  cursor!: string

  @Field(() => RunGroup, { description: 'The group.' })
  node!: RunGroupRow
}

@ObjectType({ description: 'A page of groups, the newest first.' })
export class RunGroupConnection {
  @Field(() => [RunGroupEdge], { description: 'One page.' })
  edges!: RunGroupEdge[]

  @Field(() => PageInfo, { description: 'What lies around it.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'Groups in all.' })
  totalCount!: number
}
