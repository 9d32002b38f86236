// The rules of a board, as the API shows and takes them; schema/board-rules.ts checks them.
import {
  BOARD_SUBJECT_TEXTS,
  type BoardRules as Rules,
  type BoardSubject,
  type Direction,
  type PICKS,
} from '@cellboard/schema/board-rules'
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'
import { Pick } from '../runs/group.type.js'
import { User } from '../people/viewer.type.js'

export const BoardSubjectEnum = {
  RUN: 'run',
  GROUP: 'group',
  ARCHITECTURE: 'architecture',
  STUDY: 'study',
} as const satisfies Record<string, BoardSubject>
registerEnumType(BoardSubjectEnum, {
  name: 'BoardSubject',
  description: 'What is entered into a board.',
  valuesConfig: {
    RUN: { description: BOARD_SUBJECT_TEXTS.run },
    GROUP: { description: BOARD_SUBJECT_TEXTS.group },
    ARCHITECTURE: { description: BOARD_SUBJECT_TEXTS.architecture },
    STUDY: { description: BOARD_SUBJECT_TEXTS.study },
  },
})

export const DirectionEnum = { HIGHER: 'higher', LOWER: 'lower' } as const satisfies Record<string, Direction>
registerEnumType(DirectionEnum, {
  name: 'Direction',
  description: 'Which of two scores is the better one.',
  valuesConfig: { HIGHER: { description: 'The higher one.' }, LOWER: { description: 'The lower one.' } },
})

export const PerTeamEnum = { BEST: 'best', LATEST: 'latest', ALL: 'all' } as const
registerEnumType(PerTeamEnum, {
  name: 'PerTeam',
  description: 'Which entries of a team are ranked.',
  valuesConfig: {
    BEST: { description: 'Its best.' },
    LATEST: { description: 'The one that it submitted last.' },
    ALL: { description: 'All of them.' },
  },
})

type PickValue = (typeof PICKS)[number]
export const PICK_OF: Readonly<Record<PickValue, Pick>> = { last: Pick.LAST, min: Pick.MIN, max: Pick.MAX }
const VALUE_OF: Readonly<Record<Pick, PickValue>> = { [Pick.LAST]: 'last', [Pick.MIN]: 'min', [Pick.MAX]: 'max' }

@ObjectType({ description: 'A metric or figure, and how two of its values are compared.' })
export class BoardMetric {
  @Field(() => String, {
    description: 'A metric that runs log, or one of parameters, multiplyAdds, costSeconds, searchSeconds.',
  })
  name!: string

  @Field(() => Pick, { description: 'Which value of its history stands for a run.' })
  pick!: Pick

  @Field(() => DirectionEnum, { description: 'Which of two values is the better one.' })
  direction!: Direction

  @Field(() => Int, { nullable: true, description: 'Decimals that are compared; null: all of them.' })
  decimals!: number | null
}

@ObjectType({ description: 'A figure that an entry may not exceed.' })
export class Ceiling {
  @Field(() => String, { description: 'The metric or figure.' })
  name!: string

  @Field(() => Float, { description: 'Its greatest value that is let in.' })
  most!: number
}

@ObjectType({
  description: 'A metric that nobody is shown before a moment, and that the board is ranked by from then on.',
})
export class Reveal {
  @Field(() => BoardMetric, { description: 'The metric.' })
  metric!: BoardMetric

  @Field(() => DateTime, { description: 'The moment.' })
  at!: Date
}

@ObjectType({ description: 'What is ranked, by what, and who may enter how often.' })
export class BoardRules {
  @Field(() => BoardSubjectEnum, { description: 'What is entered.' })
  subject!: BoardSubject

  @Field(() => BoardMetric, { description: 'What is ranked by.' })
  metric!: BoardMetric

  @Field(() => [BoardMetric], {
    description: 'What decides between equal scores, in this order; after them the earlier submission.',
  })
  tieBreaks!: BoardMetric[]

  @Field(() => [String], { description: 'Further metrics and figures that are shown.' })
  columns!: string[]

  @Field(() => Int, { description: 'Decimals that are shown: it says nothing of those that are compared.' })
  decimalsShown!: number

  @Field(() => Int, { description: 'Least number of finished seeds of an entry.' })
  minSeeds!: number

  @Field(() => PerTeamEnum, { description: 'Which entries of a team are ranked.' })
  perTeam!: Rules['perTeam']

  @Field(() => Int, { nullable: true, description: 'Entries of a team in 24 hours; null: any number.' })
  perDay!: number | null

  @Field(() => Int, { nullable: true, description: 'Entries of a team in all; null: any number.' })
  inAll!: number | null

  @Field(() => [Ceiling], { description: 'Figures that an entry may not exceed.' })
  ceilings!: Ceiling[]

  @Field(() => Reveal, { nullable: true, description: 'A metric that is hidden until a moment.' })
  reveal!: Reveal | null

  @Field(() => Float, { description: 'How far a verifying run may lie from the run that it repeats.' })
  tolerance!: number

  @Field(() => ID, { nullable: true, description: 'A project whose every finished subject is entered by itself.' })
  autoProject!: string | null
}

const shownMetric = ({ pick, ...rest }: Rules['metric']): BoardMetric => ({ ...rest, pick: PICK_OF[pick] })

export const shownRules = ({ metric, tieBreaks, reveal, ...rest }: Rules): BoardRules => ({
  ...rest,
  metric: shownMetric(metric),
  tieBreaks: tieBreaks.map(shownMetric),
  reveal: reveal && { metric: shownMetric(reveal.metric), at: new Date(reveal.at) },
})

@ObjectType({ description: 'The rules that held from a moment on.' })
export class BoardRulesVersion {
  @Field(() => Int, { description: 'Counts from 1.' })
  version!: number

  @Field(() => BoardRules, { description: 'The rules.' })
  rules!: BoardRules

  @Field(() => String, { description: 'Why they were changed; empty for the first.' })
  why!: string

  @Field(() => User, { nullable: true, description: 'Who made them so.' })
  changedBy!: User | null

  @Field(() => DateTime, { description: 'Since when they hold.' })
  changedAt!: Date
}

@InputType({ description: 'A metric or figure, and how two of its values are compared.' })
export class BoardMetricInput {
  @Field(() => String, {
    description: 'A metric that runs log, or parameters, multiplyAdds, costSeconds, searchSeconds.',
  })
  name!: string

  @Field(() => Pick, { nullable: true, description: 'Which value stands for a run. Default: LAST.' })
  pick?: Pick | null

  @Field(() => DirectionEnum, { nullable: true, description: 'Never guessed: refused where it is left out.' })
  direction?: Direction | null

  @Field(() => Int, { nullable: true, description: 'Decimals that are compared, 0 to 12. Default: all of them.' })
  decimals?: number | null
}

@InputType({ description: 'A figure that an entry may not exceed.' })
export class CeilingInput {
  @Field(() => String, { description: 'The metric or figure.' })
  name!: string

  @Field(() => Float, { description: 'Its greatest value that is let in.' })
  most!: number
}

@InputType({ description: 'A metric that is hidden until a moment.' })
export class RevealInput {
  @Field(() => BoardMetricInput, { description: 'The metric.' })
  metric!: BoardMetricInput

  @Field(() => DateTime, { description: 'The moment.' })
  at!: Date
}

@InputType({ description: 'Rules of a board; the rules for them are schema/board-rules.ts.' })
export class BoardRulesInput {
  @Field(() => BoardSubjectEnum, { description: 'What is entered.' })
  subject!: BoardSubject

  @Field(() => BoardMetricInput, { description: 'What is ranked by.' })
  metric!: BoardMetricInput

  @Field(() => [BoardMetricInput], { nullable: true, description: 'At most 5 that decide between equal scores.' })
  tieBreaks?: BoardMetricInput[] | null

  @Field(() => [String], { nullable: true, description: 'At most 20 further metrics and figures to show.' })
  columns?: string[] | null

  @Field(() => Int, { nullable: true, description: 'Decimals that are shown, 0 to 12. Default: 4.' })
  decimalsShown?: number | null

  @Field(() => Int, { nullable: true, description: 'Least number of finished seeds, 1 to 50. Default: 1.' })
  minSeeds?: number | null

  @Field(() => PerTeamEnum, { nullable: true, description: 'Which entries of a team are ranked. Default: BEST.' })
  perTeam?: Rules['perTeam'] | null

  @Field(() => Int, { nullable: true, description: 'Entries of a team in 24 hours, 1 to 1,000. Default: any number.' })
  perDay?: number | null

  @Field(() => Int, { nullable: true, description: 'Entries of a team in all, 1 to 100,000. Default: any number.' })
  inAll?: number | null

  @Field(() => [CeilingInput], { nullable: true, description: 'At most 10 figures that an entry may not exceed.' })
  ceilings?: CeilingInput[] | null

  @Field(() => RevealInput, { nullable: true, description: 'A metric that is hidden until a moment.' })
  reveal?: RevealInput | null

  @Field(() => Float, { nullable: true, description: 'How far a verifying run may lie from its original. Default: 0.' })
  tolerance?: number | null

  @Field(() => ID, { nullable: true, description: 'A project whose every finished subject is entered by itself.' })
  autoProject?: string | null
}

const given = ({ pick, ...rest }: BoardMetricInput) => ({
  ...there(rest),
  ...(pick && { pick: VALUE_OF[pick] }),
})

/** Without what is null: it stands for what is left out. */
const there = <Given extends object>(from: Given) =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value != null)) as Partial<Given>

/** As schema/board-rules.ts reads them; nothing is checked yet. */
export const givenRules = ({ metric, tieBreaks, reveal, ...rest }: BoardRulesInput): object => ({
  ...there(rest),
  metric: given(metric),
  ...(tieBreaks && { tieBreaks: tieBreaks.map(given) }),
  ...(reveal && { reveal: { metric: given(reveal.metric), at: reveal.at.toISOString() } }),
})
