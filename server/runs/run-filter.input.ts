// What lists of runs can be filtered and ordered by.
import type { RunState } from '@cellboard/schema/run-state'
import { Field, Float, ID, InputType, registerEnumType } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'
import { SearchMethod } from '../searches/search.input.js'
import { Pick } from './group.type.js'
import type { RunKind } from './run.table.js'
import { RunKindEnum, RunStateEnum } from './run.type.js'

@InputType({ description: 'A stretch of time; each end is open where it is left out.' })
export class TimeRange {
  @Field(() => DateTime, { nullable: true, description: 'Not before this.' })
  from?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'Before this.' })
  to?: Date | null
}

@InputType({ description: 'What tags a run must have.' })
export class TagFilter {
  @Field(() => [String], { nullable: true, description: 'All of these.' })
  all?: string[] | null

  @Field(() => [String], { nullable: true, description: 'At least one of these.' })
  any?: string[] | null

  @Field(() => [String], { nullable: true, description: 'None of these.' })
  none?: string[] | null
}

@InputType({
  description: 'What a setting must be: by its text, its number or its truth. Runs without the setting are left out.',
})
export class SettingFilter {
  @Field(() => String, { description: 'Key of a setting of searches or trainings, as batch.' })
  name!: string

  @Field(() => [String], { nullable: true, description: 'One of these texts.' })
  oneOf?: string[] | null

  @Field(() => Float, { nullable: true, description: 'This number.' })
  is?: number | null

  @Field(() => Float, { nullable: true, description: 'At least this number.' })
  min?: number | null

  @Field(() => Float, { nullable: true, description: 'At most this number.' })
  max?: number | null

  @Field(() => Float, { nullable: true, description: 'More than this number.' })
  above?: number | null

  @Field(() => Float, { nullable: true, description: 'Less than this number.' })
  below?: number | null

  @Field(() => Boolean, { nullable: true, description: 'On or off.' })
  on?: boolean | null
}

@InputType({ description: 'What a metric must be. Runs without it are left out, unless it is to be missing.' })
export class MetricFilter {
  @Field(() => String, { description: 'As runs log it.' })
  name!: string

  @Field(() => Pick, { nullable: true, defaultValue: Pick.LAST, description: 'Which of its values.' })
  pick?: Pick | null

  @Field(() => Float, { nullable: true, description: 'At least this.' })
  min?: number | null

  @Field(() => Float, { nullable: true, description: 'At most this.' })
  max?: number | null

  @Field(() => Float, { nullable: true, description: 'More than this.' })
  above?: number | null

  @Field(() => Float, { nullable: true, description: 'Less than this.' })
  below?: number | null

  @Field(() => Boolean, { nullable: true, description: 'Only runs without it.' })
  missing?: boolean | null
}

@InputType({ description: 'All that is given must hold. What lies in the bin is left out unless it is asked for.' })
export class RunFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  project?: string | null

  @Field(() => ID, { nullable: true, description: 'Of a project of this team.' })
  team?: string | null

  @Field(() => [RunKindEnum], { nullable: true, description: 'One of these kinds.' })
  kinds?: RunKind[] | null

  @Field(() => [RunStateEnum], { nullable: true, description: 'In one of these states.' })
  states?: RunState[] | null

  @Field(() => [SearchMethod], { nullable: true, description: 'Searches by one of these methods.' })
  methods?: SearchMethod[] | null

  @Field(() => String, {
    nullable: true,
    description: 'In the name or the notes, letters A to Z in either case; at most 200 characters.',
  })
  text?: string | null

  @Field(() => TagFilter, { nullable: true, description: 'By its tags.' })
  tags?: TagFilter | null

  @Field(() => TimeRange, { nullable: true, description: 'When it was asked for.' })
  createdAt?: TimeRange | null

  @Field(() => TimeRange, { nullable: true, description: 'When it ended.' })
  finishedAt?: TimeRange | null

  @Field(() => ID, { nullable: true, description: 'Asked for by this user.' })
  createdBy?: string | null

  @Field(() => ID, { nullable: true, description: 'Of this group.' })
  group?: string | null

  @Field(() => ID, { nullable: true, description: 'That found or trains this architecture.' })
  architecture?: string | null

  @Field(() => Boolean, { nullable: true, description: 'Pinned or not.' })
  pinned?: boolean | null

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'In the bin or not.' })
  trashed?: boolean | null

  @Field(() => [SettingFilter], { nullable: true, description: 'All of these; at most 10.' })
  settings?: SettingFilter[] | null

  @Field(() => [MetricFilter], { nullable: true, description: 'All of these; at most 10.' })
  metrics?: MetricFilter[] | null
}

export enum RunOrderBy {
  CREATED_AT = 'CREATED_AT',
  STARTED_AT = 'STARTED_AT',
  FINISHED_AT = 'FINISHED_AT',
  DURATION = 'DURATION',
  NAME = 'NAME',
  METRIC = 'METRIC',
  SETTING = 'SETTING',
}
registerEnumType(RunOrderBy, {
  name: 'RunOrderBy',
  description: 'Runs without the value come last, in either direction; of equals the newer first or last.',
  valuesConfig: {
    CREATED_AT: { description: 'When it was asked for.' },
    STARTED_AT: { description: 'When it began to be computed.' },
    FINISHED_AT: { description: 'When it ended.' },
    DURATION: { description: 'From its first beginning to its end.' },
    NAME: { description: 'By its letters, capital ones first.' },
    METRIC: { description: 'The metric `name`, by `pick`.' },
    SETTING: { description: 'The setting `name`: numbers before texts.' },
  },
})

export enum OrderDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}
registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Which way a list is ordered.',
  valuesConfig: {
    ASC: { description: 'The least, earliest or first first.' },
    DESC: { description: 'The greatest, latest or last first.' },
  },
})

@InputType({ description: 'How a list of runs is ordered.' })
export class RunOrder {
  @Field(() => RunOrderBy, { description: 'By what.' })
  by!: RunOrderBy

  @Field(() => String, { nullable: true, description: 'Of a metric or a setting.' })
  name?: string | null

  @Field(() => Pick, { nullable: true, defaultValue: Pick.LAST, description: 'Which value of a metric.' })
  pick?: Pick | null

  @Field(() => OrderDirection, { nullable: true, defaultValue: OrderDirection.DESC, description: 'Which way.' })
  direction?: OrderDirection | null
}
