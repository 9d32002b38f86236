// Entries of boards, as the API shows them.
import type { BoardSubject } from '@cellboard/schema/board-rules'
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { PageInfo } from '../graphql/paging.js'
import { DateTime, Float64Column } from '../graphql/scalars.js'
import { Pick } from '../runs/group.type.js'
import { Node } from '../runs/run.type.js'
import type { TeamRow } from '../teams/team.table.js'
import type { BoardEntryRow, BoardRow, EntryState, Verification } from './board.table.js'
import { BoardSubjectEnum } from './rules.type.js'

export const EntryStateEnum = {
  STANDING: 'STANDING',
  FLAGGED: 'FLAGGED',
  WITHDRAWN: 'WITHDRAWN',
} as const satisfies Record<string, EntryState>
registerEnumType(EntryStateEnum, {
  name: 'EntryState',
  description: 'Whether an entry may be ranked.',
  valuesConfig: {
    STANDING: { description: 'It may.' },
    FLAGGED: { description: 'It is shown and not ranked until somebody has looked at it.' },
    WITHDRAWN: { description: 'It is kept and not ranked.' },
  },
})

export const VerificationEnum = {
  NONE: 'NONE',
  RUNNING: 'RUNNING',
  AGREES: 'AGREES',
  DISAGREES: 'DISAGREES',
} as const satisfies Record<string, Verification>
registerEnumType(VerificationEnum, {
  name: 'Verification',
  description: 'What came of repeating a run of an entry with its recorded settings and seed.',
  valuesConfig: {
    NONE: { description: 'Nobody has repeated it.' },
    RUNNING: { description: 'It is being repeated.' },
    AGREES: { description: 'Within the tolerance of the board.' },
    DISAGREES: { description: 'Beyond it.' },
  },
})

@ObjectType({ description: 'A team as everybody sees it who sees a board that it stands on.' })
export class BoardTeam {
  @Field(() => ID, { description: 'As in team-1: two teams may share a name.' })
  id!: string

  @Field(() => String, { description: 'As people call it now.' })
  name!: string
}

export const shownTeam = ({ id, name }: TeamRow): BoardTeam => ({ id: `team-${id}`, name })

@ObjectType({ description: 'One figure of an entry, over the finished runs that were entered.' })
export class EntryFigure {
  @Field(() => String, { description: 'The metric or figure.' })
  name!: string

  @Field(() => Pick, { description: 'Which value of its history stands for a run.' })
  pick!: Pick

  @Field(() => Float, { nullable: true, description: 'Null where a run lacks it: a missing figure is never a zero.' })
  mean!: number | null

  @Field(() => Float, { nullable: true, description: 'Of the sample; null for fewer than two runs.' })
  deviation!: number | null

  @Field(() => Int, { description: 'Runs that have it.' })
  n!: number
}

@ObjectType({ description: 'Where an entry stood at a moment.' })
export class RankAt {
  @Field(() => DateTime, { description: 'The moment.' })
  time!: Date

  @Field(() => Int, {
    nullable: true,
    description: 'From 1; null where it was not ranked, or the board is too long to say.',
  })
  rank!: number | null

  @Field(() => Float, { nullable: true, description: 'What was compared, by the rules of then; null where unranked.' })
  score!: number | null
}

/** What is known of an entry besides its row: the board, and where it stands in the list that it is shown in. */
export interface Placed {
  readonly row: BoardEntryRow
  readonly board: BoardRow
  /** Null: not ranked. */
  readonly rank: number | null
  /** Its neighbours in that list; null where there is none. */
  readonly above: BoardEntryRow | null
  readonly below: BoardEntryRow | null
}

@ObjectType({ implements: Node, description: 'What was entered into a board: its figures, its place, its reasons.' })
export class BoardEntry extends Node {
  /** Not of the API. */
  readonly placed!: Placed

  @Field(() => String, { description: 'As people call it.' })
  title!: string

  @Field(() => BoardSubjectEnum, { description: 'What kind of thing was entered.' })
  subjectKind!: BoardSubject

  @Field(() => Boolean, { description: 'Whether it is shown for comparison and takes no place.' })
  baseline!: boolean

  @Field(() => String, { description: 'Where the figures of a baseline come from; empty for what was run here.' })
  source!: string

  @Field(() => Int, {
    nullable: true,
    description: 'From 1, in the list that it is shown in; null where it is not ranked.',
  })
  rank!: number | null

  @Field(() => Boolean, { description: 'Whether the spread over seeds cannot tell it from the entry above it.' })
  tiedAbove!: boolean

  @Field(() => Boolean, { description: 'Whether the spread over seeds cannot tell it from the entry below it.' })
  tiedBelow!: boolean

  @Field(() => EntryStateEnum, { description: 'Whether it may be ranked.' })
  state!: EntryState

  @Field(() => String, { description: 'Why it was flagged or withdrawn; empty where it was not.' })
  reason!: string

  @Field(() => VerificationEnum, { description: 'What came of repeating a run of it.' })
  verification!: Verification

  @Field(() => Int, { description: 'The version of the rules by which it was let in.' })
  ruleVersion!: number

  @Field(() => DateTime, { description: 'When it was entered: of two equal ones the earlier is ahead.' })
  submittedAt!: Date
}

@ObjectType({ description: 'An entry with its place in the list.' })
export class BoardEntryEdge {
  @Field(() => String, { description: 'Where the list goes on after it.' })
  cursor!: string

  @Field(() => BoardEntry, { description: 'The entry.' })
  node!: BoardEntry
}

@ObjectType({ description: 'A page of entries.' })
export class BoardEntryConnection {
  @Field(() => [BoardEntryEdge], { description: 'In the order of the list.' })
  edges!: BoardEntryEdge[]

  @Field(() => PageInfo, { description: 'Whether and where the list goes on.' })
  pageInfo!: PageInfo
}

@ObjectType({ description: 'An entry as a point: a figure against the score.' })
export class ParetoPoint {
  @Field(() => BoardEntry, { description: 'The entry.' })
  entry!: BoardEntry

  @Field(() => Float, { description: 'The figure.' })
  x!: number

  @Field(() => Float, { description: 'The score.' })
  y!: number

  @Field(() => Boolean, { description: 'Whether no other entry is at least as good in both and better in one.' })
  front!: boolean
}

@ObjectType({ description: 'The best score of a team over time, by the rules of now: one point at each betterment.' })
export class TeamBest {
  @Field(() => BoardTeam, { description: 'The team.' })
  team!: BoardTeam

  @Field(() => Float64Column, { description: 'Milliseconds since 1970.' })
  times!: Float64Array

  @Field(() => Float64Column, { description: 'The best score from each of these moments on.' })
  scores!: Float64Array
}
