// The log of a run and the frames of its feed, as the API shows them.
import type { RunEvent } from '@cellboard/schema/events'
import { Field, Float, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime, EventData, Float64Column } from '../graphql/scalars.js'
import { Progress } from '../runs/run.type.js'

@ObjectType({ description: "One entry of a run's log." })
export class LoggedEvent {
  @Field(() => ID, { description: 'Global id of the run.' })
  run!: string

  @Field(() => Float, { description: '1, 2, 3 within the run, shared with batches of points.' })
  number!: number

  @Field(() => DateTime, { description: 'When it was told.' })
  time!: number

  @Field(() => String, { description: 'What happened, as schema/events.ts names it.' })
  type!: string

  @Field(() => EventData, { description: 'The event as schema/events.ts describes it.' })
  data!: RunEvent
}

@ObjectType({ description: "One entry of a run's log with its number." })
export class EventEdge {
  @Field(() => Float, { description: 'The number of the entry.' })
  cursor!: number

  @Field(() => LoggedEvent, { description: 'The entry.' })
  node!: LoggedEvent
}

@ObjectType({ description: 'What lies beyond a page of a log.' })
export class EventPageInfo {
  @Field(() => Boolean, { description: 'Whether more entries come.' })
  hasNextPage!: boolean

  @Field(() => Float, { nullable: true, description: 'Number of the last entry of the page; null where it is empty.' })
  endCursor!: number | null
}

@ObjectType({
  description: "A page of a run's log, in order. Its cursors are the log's own numbers, which runFeed goes on from.",
})
export class EventConnection {
  @Field(() => [EventEdge], { description: 'Entries in order of their numbers.' })
  edges!: EventEdge[]

  @Field(() => EventPageInfo, { description: 'What lies beyond.' })
  pageInfo!: EventPageInfo
}

@ObjectType({ description: 'A line that a run wrote for people to read.' })
export class LogLine {
  @Field(() => Float, { description: "Number of the entry in the run's log." })
  number!: number

  @Field(() => DateTime, { description: 'When it was told.' })
  time!: number

  @Field(() => String, { description: 'info, warning or error.' })
  level!: string

  @Field(() => String, { description: 'What it says.' })
  text!: string
}

@ObjectType({ description: 'One line with its number.' })
export class LogLineEdge {
  @Field(() => Float, { description: 'The number of the entry.' })
  cursor!: number

  @Field(() => LogLine, { description: 'The line.' })
  node!: LogLine
}

@ObjectType({ description: "A page of a run's lines, in order." })
export class LogLineConnection {
  @Field(() => [LogLineEdge], { description: 'Lines in order of their numbers.' })
  edges!: LogLineEdge[]

  @Field(() => EventPageInfo, { description: 'What lies beyond.' })
  pageInfo!: EventPageInfo
}

@ObjectType({ description: 'Up to where a frame goes for one run.' })
export class RunCursor {
  @Field(() => ID, { description: 'Global id of the run.' })
  run!: string

  @Field(() => Float, { description: 'Number of the last entry that it holds.' })
  number!: number
}

@ObjectType({ description: 'New points of one metric of one run; columns of equal length.' })
export class PointColumns {
  @Field(() => ID, { description: 'Global id of the run.' })
  run!: string

  @Field(() => String, { description: 'Name of the metric.' })
  metric!: string

  @Field(() => Float64Column, { description: 'Ascending.' })
  steps!: Float64Array

  @Field(() => Float64Column, { description: 'May be NaN or infinite.' })
  values!: Float64Array
}

@ObjectType({ description: 'How far one run is.' })
export class RunProgress {
  @Field(() => ID, { description: 'Global id of the run.' })
  run!: string

  @Field(() => Progress, { description: 'How far it is.' })
  progress!: Progress
}

@ObjectType({ description: 'What happened since the last frame.' })
export class FeedFrame {
  @Field(() => [RunCursor], { description: 'What to hand in as `after` when the line breaks.' })
  cursors!: RunCursor[]

  @Field(() => [LoggedEvent], { description: 'In order within each run.' })
  events!: LoggedEvent[]

  @Field(() => [PointColumns], { description: 'Only of the metrics that were asked for.' })
  points!: PointColumns[]

  @Field(() => [RunProgress], { description: 'Of the runs that moved.' })
  progress!: RunProgress[]
}

@InputType({ description: 'Up to where a client has seen a run.' })
export class RunCursorInput {
  @Field(() => ID, { description: 'Global id of the run.' })
  run!: string

  @Field(() => Float, { description: 'Number of the last entry that was seen; 0 for none.' })
  number!: number
}
