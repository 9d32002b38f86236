// Boards, as the API shows them.
import { BOARD_VISIBILITIES, type BoardVisibility } from '@cellboard/schema/board-rules'
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { PageInfo } from '../graphql/paging.js'
import { DateTime } from '../graphql/scalars.js'
import { Node } from '../runs/run.type.js'
import type { BoardRow } from './board.table.js'
import { BoardEntry } from './entry.type.js'
import { BoardRulesInput } from './rules.type.js'

const [TEAM, TEAMS, PUBLIC] = BOARD_VISIBILITIES
export const BoardVisibilityEnum = { TEAM, TEAMS, PUBLIC } as const
registerEnumType(BoardVisibilityEnum, {
  name: 'BoardVisibility',
  description: 'Who sees a board, and who may enter.',
  valuesConfig: {
    TEAM: { description: 'Its team sees it and enters.' },
    TEAMS: { description: 'So do the teams that it was opened to.' },
    PUBLIC: {
      description: 'Everybody who can reach this server sees it; its team and those that it was opened to enter.',
    },
  },
})

@ObjectType({ implements: Node, description: 'A leaderboard: entries ranked by rules that are written down.' })
export class Board extends Node {
  @Field(() => String, { description: 'As people call it.' })
  name!: string

  @Field(() => String, { description: 'What it is about; plain text.' })
  notes!: string

  @Field(() => BoardVisibilityEnum, { description: 'Who sees it, and who may enter.' })
  visibility!: BoardVisibility

  @Field(() => Int, { description: 'Counts from 1; entries say by which version they were let in.' })
  ruleVersion!: number

  @Field(() => Boolean, { description: 'Whether the hidden metric has taken the place of the first.' })
  revealed!: boolean

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'Since when it takes no entries; null where it does.' })
  archivedAt!: Date | null
}

@ObjectType({ description: 'A board in a list.' })
export class BoardEdge {
  @Field(() => String, { description: 'Where the list goes on after it.' })
  cursor!: string

  @Field(() => Board, { description: 'The board.' })
  node!: BoardRow
}

@ObjectType({ description: 'A page of boards, the newest first.' })
export class BoardConnection {
  @Field(() => [BoardEdge], { description: 'One page.' })
  edges!: BoardEdge[]

  @Field(() => PageInfo, { description: 'What lies around it.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'Boards in all.' })
  totalCount!: number
}

@ObjectType({ description: 'An entry that moved, with where it was.' })
export class MovedEntry {
  @Field(() => BoardEntry, { description: 'The entry, with its place of now; null in it where it left.' })
  entry!: BoardEntry

  @Field(() => Int, { nullable: true, description: 'Its place before; null: it was not among those that are watched.' })
  previousRank!: number | null
}

@ObjectType({ description: 'What has changed on a board since the last change that was told.' })
export class BoardChange {
  @Field(() => Board, { description: 'The board as it is now.' })
  board!: BoardRow

  @Field(() => [MovedEntry], {
    description: 'Those that moved, in the order of their places; empty in the first answer.',
  })
  moved!: MovedEntry[]

  @Field(() => DateTime, { description: 'When it was read.' })
  at!: Date
}

@InputType({ description: 'A board to be made.' })
export class BoardInput {
  @Field(() => String, { description: '1 to 100 characters.' })
  name!: string

  @Field(() => String, { nullable: true, description: 'At most 20,000 characters; plain text.' })
  notes?: string | null

  @Field(() => BoardVisibilityEnum, { nullable: true, description: 'Default: TEAM.' })
  visibility?: BoardVisibility | null

  @Field(() => [String], { nullable: true, description: 'Slugs of at most 50 teams that may enter besides its own.' })
  teams?: string[] | null

  @Field(() => BoardRulesInput, { description: 'What is ranked, by what.' })
  rules!: BoardRulesInput
}

@InputType({ description: 'A figure of a baseline.' })
export class BaselineFigureInput {
  @Field(() => String, { description: 'A metric or figure that the rules name.' })
  name!: string

  @Field(() => Number, { description: 'Its mean.' })
  mean!: number

  @Field(() => Number, { nullable: true, description: 'Standard deviation of the sample over seeds.' })
  deviation?: number | null

  @Field(() => Int, { nullable: true, description: 'Runs behind it, 1 to 10,000. Default: 1.' })
  n?: number | null
}

@InputType({ description: 'Something from elsewhere that is shown for comparison.' })
export class BaselineInput {
  @Field(() => String, { description: '1 to 100 characters.' })
  title!: string

  @Field(() => String, {
    description: 'Where its figures come from: a paper and its table, or an address; 1 to 500 characters.',
  })
  source!: string

  @Field(() => [BaselineFigureInput], { description: 'Its figures; the main metric must be among them.' })
  figures!: BaselineFigureInput[]
}

export const BaselineSetEnum = {
  PUBLISHED_CIFAR10: 'published-cifar10',
  PUBLISHED_IMAGENET: 'published-imagenet',
  NAS_BENCH_201: 'nas-bench-201',
} as const
export type BaselineSet = (typeof BaselineSetEnum)[keyof typeof BaselineSetEnum]
registerEnumType(BaselineSetEnum, {
  name: 'BaselineSet',
  description: 'Results that can be loaded as baselines, each with its source.',
  valuesConfig: {
    PUBLISHED_CIFAR10: { description: 'Published cell searches on CIFAR-10: error, parameters, search cost.' },
    PUBLISHED_IMAGENET: { description: 'The same on ImageNet, mobile setting.' },
    NAS_BENCH_201: { description: "The best cells of the NAS-Bench-201 table on a data set, and the table's mean." },
  },
})
