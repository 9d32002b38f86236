// Metrics of a run, as the API shows them.
import { Field, Float, Int, ObjectType } from 'type-graphql'
import { Float64Column } from '../graphql/scalars.js'

@ObjectType()
export class MetricSummary {
  @Field(() => String)
  name!: string

  @Field(() => Int)
  count!: number

  @Field(() => Float, { nullable: true })
  last!: number | null

  @Field(() => Float)
  lastStep!: number

  @Field(() => Float, { nullable: true })
  min!: number | null

  @Field(() => Float, { nullable: true })
  minStep!: number | null

  @Field(() => Float, { nullable: true })
  max!: number | null

  @Field(() => Float, { nullable: true })
  maxStep!: number | null
}

@ObjectType({ description: 'Columns of equal length. Bucketed or not, a one-step spike is always in min or max.' })
export class Series {
  @Field(() => String)
  name!: string

  @Field(() => Float64Column)
  x!: Float64Array

  @Field(() => Float64Column)
  min!: Float64Array

  @Field(() => Float64Column)
  max!: Float64Array

  @Field(() => Float64Column)
  last!: Float64Array

  @Field(() => Float64Column)
  counts!: Float64Array

  @Field(() => Boolean)
  bucketed!: boolean

  @Field(() => Float, {
    description: 'Number up to which this history goes: hand it to runFeed as cursor.',
  })
  lastNumber!: number
}
