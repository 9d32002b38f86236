// A run, as the API shows it: what every kind of run has.
import type { Failure as FailureValue } from '@cellboard/schema/error-codes'
import type { RunState } from '@cellboard/schema/run-state'
import { Field, Float, ID, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql'
import { PageInfo } from '../graphql/paging.js'
import { DateTime, SettingsScalar } from '../graphql/scalars.js'
import { entityOf } from '../store/orm.js'
import type { RunKind, RunRow } from './run.table.js'

export const RunStateEnum = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  PAUSED: 'PAUSED',
  FINISHED: 'FINISHED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
} as const satisfies Record<RunState, RunState>
registerEnumType(RunStateEnum, { name: 'RunState' })

export const RunKindEnum = { SEARCH: 'search', TRAINING: 'training' } as const satisfies Record<string, RunKind>
registerEnumType(RunKindEnum, {
  name: 'RunKind',
  description: 'To look for an architecture, or to train the network of one.',
})

@ObjectType({ description: 'A file that a run leaves.' })
export class RunFile {
  @Field(() => String, { description: "Its path within the run's files, with / between its parts." })
  name!: string

  @Field(() => Float)
  bytes!: number

  @Field(() => String)
  mediaType!: string

  @Field(() => String, { description: 'Where it is on this server; asks for the session, as all else does.' })
  url!: string
}

@ObjectType({ description: 'Why a run failed: what was expected and what came, and what to do.' })
export class Failure {
  @Field(() => String)
  code!: string

  @Field(() => String)
  message!: string

  @Field(() => String)
  hint!: string
}

@ObjectType()
export class Progress {
  @Field(() => Int, { description: 'Optimisation steps done and to do, in all stages.' })
  done!: number

  @Field(() => Int)
  total!: number

  @Field(() => String, { nullable: true, description: 'What a slow preparation is at; null once steps are made.' })
  preparing!: string | null

  @Field(() => Float, { nullable: true, description: 'Seconds left as the engine reckons; null when unknown.' })
  etaSeconds!: number | null
}

@ObjectType()
export class Cost {
  @Field(() => Float, {
    description:
      'Seconds in which its engine computed so far, waiting in the queue and time between two starts left out.',
  })
  seconds!: number

  @Field(() => String, { nullable: true, description: 'What computed it; null before it began.' })
  device!: string | null
}

export const progressOf = (run: RunRow): Progress => ({
  done: run.stepsDone,
  total: run.stepsTotal,
  preparing: run.preparing ?? null,
  etaSeconds: run.etaSeconds ?? null,
})

const typeOfRun = ({ kind }: { kind: RunKind }) => ({ search: 'Search', training: 'Training' })[kind]

@InterfaceType({
  description: 'What has a global id.',
  resolveType: (row: object) =>
    entityOf(row) === 'Run' ? typeOfRun(row as RunRow) : (entityOf(row) ?? row.constructor.name),
})
export abstract class Node {
  @Field(() => ID)
  id!: string
}

@InterfaceType({ implements: Node, resolveType: typeOfRun })
export abstract class Run extends Node {
  @Field(() => String)
  name!: string

  @Field(() => RunKindEnum)
  kind!: RunKind

  @Field(() => RunStateEnum)
  state!: RunState

  @Field(() => Failure, { nullable: true })
  failure!: FailureValue | null

  @Field(() => DateTime)
  createdAt!: Date

  @Field(() => DateTime, { nullable: true })
  startedAt!: Date | null

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null

  @Field(() => Progress)
  progress!: Progress

  @Field(() => SettingsScalar)
  settings!: object

  @Field(() => Int)
  seed!: number

  @Field(() => Float, {
    description: 'Number of the last event or batch of points: the cursor from which runFeed goes on.',
  })
  lastNumber!: number
}

@ObjectType()
export class RunEdge {
  @Field(() => String)
  cursor!: string

  @Field(() => Run)
  node!: RunRow
}

@ObjectType()
export class RunConnection {
  @Field(() => [RunEdge])
  edges!: RunEdge[]

  @Field(() => PageInfo)
  pageInfo!: PageInfo
}
