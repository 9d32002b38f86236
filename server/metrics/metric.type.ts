// Metrics of a run, as the API shows them.
import { Field, Float, Int, ObjectType } from 'type-graphql'
import { Float64Column } from '../graphql/scalars.js'

@ObjectType({ description: 'What a run logged of one metric. Least and greatest are over finite values.' })
export class MetricSummary {
  @Field(() => String, { description: 'As runs log it.' })
  name!: string

  @Field(() => Int, { description: 'Points so far.' })
  count!: number

  @Field(() => Float, { nullable: true, description: 'The last value; null where it is not finite.' })
  last!: number | null

  @Field(() => Float, { description: 'Step of the last value.' })
  lastStep!: number

  @Field(() => Float, { nullable: true, description: 'The least finite value; null where there is none.' })
  min!: number | null

  @Field(() => Float, { nullable: true, description: 'The first step that had it.' })
  minStep!: number | null

  @Field(() => Float, { nullable: true, description: 'The greatest finite value; null where there is none.' })
  max!: number | null

  @Field(() => Float, { nullable: true, description: 'The first step that had it.' })
  maxStep!: number | null
}

@ObjectType({ description: 'Columns of equal length. Bucketed or not, a one-step spike is always in min or max.' })
export class Series {
  @Field(() => String, { description: 'Name of the metric.' })
  name!: string

  @Field(() => Float64Column, { description: 'Steps; of a bucket its last.' })
  x!: Float64Array

  @Field(() => Float64Column, { description: 'The least value of each entry.' })
  min!: Float64Array

  @Field(() => Float64Column, { description: 'The greatest value of each entry.' })
  max!: Float64Array

  @Field(() => Float64Column, { description: 'The last value of each entry.' })
  last!: Float64Array

  @Field(() => Float64Column, { description: 'Points of each entry.' })
  counts!: Float64Array

  @Field(() => Boolean, { description: 'Whether entries stand for more than one point.' })
  bucketed!: boolean

  @Field(() => Float, {
    description: 'Number up to which this history goes: hand it to runFeed as cursor.',
  })
  lastNumber!: number
}
