// A run that a program elsewhere logs, as the API shows it and as it is told to it.
import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql'
import { Json } from '../graphql/json.js'
import { MetricValue } from '../graphql/scalars.js'
import { Node, Run } from '../runs/run.type.js'
import { MOST_METRICS, MOST_POINTS } from './points-given.js'

@ObjectType({
  description: 'A run that a program elsewhere computes and logs here: with settings and metrics of its own naming.',
  implements: [Run, Node],
})
export class LoggedRun extends Run {}

@InputType({ description: 'A run to log.' })
export class LoggedRunInput {
  @Field(() => ID, {
    nullable: true,
    description: "Where it goes, which decides who sees it: the viewer's first project when absent.",
  })
  project?: string | null

  @Field(() => String, { description: 'As people call it: 1 to 200 characters.' })
  name!: string

  @Field(() => Json, {
    nullable: true,
    description:
      'What it was started with: an object of at most 200 entries, 20,000 characters as JSON. Lists of runs are filtered and compared by it.',
  })
  settings?: unknown

  @Field(() => Int, {
    nullable: true,
    description: 'Of its random streams: a whole number from 0; 0 when absent.',
  })
  seed?: number | null

  @Field(() => [String], {
    nullable: true,
    description: 'At most 50: 1 to 50 letters, digits and . _ : / - each.',
  })
  tags?: string[] | null
}

@InputType({ description: 'Points of one metric: as many values as steps.' })
export class SeriesInput {
  @Field(() => String, {
    description: 'Name of the metric: 1 to 100 letters, digits, spaces and . _ : / - %, beginning with a letter.',
  })
  metric!: string

  @Field(() => [Float], { description: 'Numbers from 0, in any order.' })
  steps!: number[]

  @Field(() => [MetricValue], { description: 'In the order of the steps.' })
  values!: number[]
}

@ObjectType({ description: 'What became of points that were handed in. All of it is kept when this is answered.' })
export class LoggedPoints {
  @Field(() => LoggedRun, { description: 'The run.' })
  run!: Run

  @Field(() => Int, { description: 'Points that were written.' })
  written!: number

  @Field(() => Int, {
    description:
      'Points that were left out: the metric already had their step or a later one. So nothing is told twice.',
  })
  leftOut!: number
}

export const POINTS_TEXT = `At most ${MOST_POINTS} points at once, of at most ${MOST_METRICS} metrics in a run.`
