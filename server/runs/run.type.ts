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
registerEnumType(RunStateEnum, {
  name: 'RunState',
  description: 'Where a run stands.',
  valuesConfig: {
    QUEUED: { description: 'Waits for its turn.' },
    RUNNING: { description: 'Is computed.' },
    PAUSED: { description: 'Was stopped, and can go on from its checkpoint.' },
    FINISHED: { description: 'Has its result.' },
    FAILED: { description: 'Ended without one; its failure says why.' },
    CANCELLED: { description: 'Was stopped for good.' },
  },
})

export const RunKindEnum = { SEARCH: 'search', TRAINING: 'training', LOGGED: 'logged' } as const satisfies Record<
  string,
  RunKind
>
registerEnumType(RunKindEnum, {
  name: 'RunKind',
  description: 'To look for an architecture, to train the network of one, or whatever a program elsewhere logs.',
  valuesConfig: {
    SEARCH: { description: 'Looks for an architecture.' },
    TRAINING: { description: 'Trains the network of one.' },
    LOGGED: { description: 'Is computed and logged by a program elsewhere.' },
  },
})

@ObjectType({ description: 'A file that a run leaves.' })
export class RunFile {
  @Field(() => String, { description: "Its path within the run's files, with / between its parts." })
  name!: string

  @Field(() => Float, { description: 'Size in bytes.' })
  bytes!: number

  @Field(() => String, { description: 'As in application/json.' })
  mediaType!: string

  @Field(() => String, { description: 'Where it is on this server; asks for the session, as all else does.' })
  url!: string
}

@ObjectType({ description: 'Why a run failed: what was expected and what came, and what to do.' })
export class Failure {
  @Field(() => String, { description: 'For programs.' })
  code!: string

  @Field(() => String, { description: 'What was expected and what came.' })
  message!: string

  @Field(() => String, { description: 'What to do about it.' })
  hint!: string
}

@ObjectType({ description: 'How far a run is.' })
export class Progress {
  @Field(() => Int, { description: 'Optimisation steps done and to do, in all stages.' })
  done!: number

  @Field(() => Int, { description: 'Optimisation steps in all; 0 before they are known.' })
  total!: number

  @Field(() => String, { nullable: true, description: 'What a slow preparation is at; null once steps are made.' })
  preparing!: string | null

  @Field(() => Float, { nullable: true, description: 'Seconds left as the engine reckons; null when unknown.' })
  etaSeconds!: number | null
}

@ObjectType({ description: 'What a run has cost so far.' })
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

const typeOfRun = ({ kind }: { kind: RunKind }) =>
  ({ search: 'Search', training: 'Training', logged: 'LoggedRun' })[kind]

@InterfaceType({
  description: 'What has a global id.',
  resolveType: (row: object) =>
    entityOf(row) === 'Run' ? typeOfRun(row as RunRow) : (entityOf(row) ?? row.constructor.name),
})
export abstract class Node {
  @Field(() => ID, { description: 'Global id, as in search-1.' })
  id!: string
}

@InterfaceType({
  description: 'One piece of work with a state, settings, a log and a result.',
  implements: Node,
  resolveType: typeOfRun,
})
export abstract class Run extends Node {
  @Field(() => String, { description: 'As people call it.' })
  name!: string

  @Field(() => RunKindEnum, { description: 'What kind of work it is.' })
  kind!: RunKind

  @Field(() => RunStateEnum, { description: 'Where it stands.' })
  state!: RunState

  @Field(() => Failure, { nullable: true, description: 'Why it failed; null where it did not.' })
  failure!: FailureValue | null

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it was first computed; null before.' })
  startedAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null before.' })
  finishedAt!: Date | null

  @Field(() => Progress, { description: 'How far it is.' })
  progress!: Progress

  @Field(() => SettingsScalar, { description: 'All settings, with defaults filled in.' })
  settings!: object

  @Field(() => Int, { description: 'Of its random streams.' })
  seed!: number

  @Field(() => Float, {
    description: 'Number of the last event or batch of points: the cursor from which runFeed goes on.',
  })
  lastNumber!: number
}

@ObjectType({ description: 'One run with its place in the list.' })
export class RunEdge {
  @Field(() => String, { description: 'Place in the order that was asked for.' })
  cursor!: string

  @Field(() => Run, { description: 'The run.' })
  node!: RunRow
}

@ObjectType({ description: 'A page of runs in the order that was asked for.' })
export class RunConnection {
  @Field(() => [RunEdge], { description: 'One page.' })
  edges!: RunEdge[]

  @Field(() => PageInfo, { description: 'What lies around it.' })
  pageInfo!: PageInfo
}
