// The log of a run and the frames of its feed, as the API shows them.
import type { RunEvent } from '@cellboard/schema/events'
import { Field, Float, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime, EventData, Float64Column } from '../graphql/scalars.js'
import { Progress } from '../runs/run.type.js'

@ObjectType({ description: "One entry of a run's log." })
export class LoggedEvent {
  @Field(() => ID)
  run!: string

  @Field(() => Float, { description: '1, 2, 3 within the run, shared with batches of points.' })
  number!: number

  @Field(() => DateTime)
  time!: number

  @Field(() => String)
  type!: string

  @Field(() => EventData, { description: 'The event as schema/events.ts describes it.' })
  data!: RunEvent
}

@ObjectType()
export class EventEdge {
  @Field(() => Float)
  cursor!: number

  @Field(() => LoggedEvent)
  node!: LoggedEvent
}

@ObjectType()
export class EventPageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean

  @Field(() => Float, { nullable: true })
  endCursor!: number | null
}

@ObjectType()
export class EventConnection {
  @Field(() => [EventEdge])
  edges!: EventEdge[]

  @Field(() => EventPageInfo)
  pageInfo!: EventPageInfo
}

@ObjectType()
export class RunCursor {
  @Field(() => ID)
  run!: string

  @Field(() => Float)
  number!: number
}

@ObjectType()
export class PointColumns {
  @Field(() => ID)
  run!: string

  @Field(() => String)
  metric!: string

  @Field(() => Float64Column)
  steps!: Float64Array

  @Field(() => Float64Column)
  values!: Float64Array
}

@ObjectType()
export class RunProgress {
  @Field(() => ID)
  run!: string

  @Field(() => Progress)
  progress!: Progress
}

@ObjectType()
export class FeedFrame {
  @Field(() => [RunCursor], { description: 'What to hand in as `after` when the line breaks.' })
  cursors!: RunCursor[]

  @Field(() => [LoggedEvent])
  events!: LoggedEvent[]

  @Field(() => [PointColumns])
  points!: PointColumns[]

  @Field(() => [RunProgress])
  progress!: RunProgress[]
}

@InputType()
export class RunCursorInput {
  @Field(() => ID)
  run!: string

  @Field(() => Float)
  number!: number
}
