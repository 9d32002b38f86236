// Entries: figures, place, reasons and history.
import { Arg, Ctx, FieldResolver, Float, ID, Int, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { checkSize } from '../graphql/paging.js'
import { userByKey } from '../people/shown.js'
import { User } from '../people/viewer.type.js'
import { seenArchitecture } from '../architectures/find.js'
import { findNode } from '../permissions/located.js'
import { Node, Run } from '../runs/run.type.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import type { BoardRow } from './board.table.js'
import { Board } from './board.type.js'
import { BoardEntry, BoardTeam, EntryFigure, RankAt, shownTeam, type Placed } from './entry.type.js'
import { liftOf, whyOf, type Standing } from './explain.js'
import { entryId, findEntry, rulesOf, runsBehind, shownFigures } from './find-board.js'
import { historyOf, movementOf } from './history.js'
import { alone } from './placed.js'
import { PICK_OF } from './rules.type.js'
import { comparedValue, valueName } from './sort-key.js'
import { lengthOf, rankOf } from './stretches.js'

@Resolver(() => BoardEntry)
export class EntryResolver {
  @Query(() => BoardEntry, {
    description: 'An entry by its global id; NOT_FOUND where the viewer does not see its board.',
  })
  async entry(
    @Arg('id', () => ID, { description: 'As in entry-1.' }) id: string,
    @Ctx() context: Context,
  ): Promise<BoardEntry> {
    const { entry, board } = await findEntry(context, id)
    return alone(context.em, board, entry)
  }

  @FieldResolver(() => ID, { description: 'As in entry-1.' })
  id(@Root() { placed }: BoardEntry): string {
    return entryId(placed.row.id)
  }

  @FieldResolver(() => Board, { description: 'Where it was entered.' })
  board(@Root() { placed }: BoardEntry): BoardRow {
    return placed.board
  }

  @FieldResolver(() => BoardTeam, { nullable: true, description: 'Whose it is; null for a baseline.' })
  async team(@Root() { placed }: BoardEntry, @Ctx() { loaders }: Context): Promise<BoardTeam | null> {
    const { teamId } = placed.row
    const team = teamId == null ? null : await loaders.team.load(teamId)
    return team && shownTeam(team)
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'What is ranked by, as it is compared; null: it has none.',
  })
  score(@Root() { placed: { row, board } }: BoardEntry): number | null {
    return comparedValue(rulesOf(board).metric, row.values)
  }

  @FieldResolver(() => [EntryFigure], {
    description: 'All that the rules name, but for what is hidden until its moment.',
  })
  figures(@Root() { placed: { row, board } }: BoardEntry): EntryFigure[] {
    return shownFigures(board).map(({ name, pick }) => {
      const { mean = null, deviation = null, n = 0 } = row.values[valueName({ name, pick })] ?? {}
      return { name, pick: PICK_OF[pick], mean, deviation, n }
    })
  }

  @FieldResolver(() => Int, { description: 'Finished runs that its score is taken over.' })
  seeds(@Root() { placed: { row, board } }: BoardEntry): number {
    return row.values[valueName(rulesOf(board).metric)]?.n ?? 0
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'The place that an unranked entry or a baseline would have; null without a score.',
  })
  wouldRank(@Root() { placed: { row, rank } }: BoardEntry, @Ctx() { em }: Context): Promise<number> | number | null {
    // One that is ranked need not be counted once more.
    return rank ?? (row.sortKey == null ? null : rankOf(em, row.boardId, row.sortKey))
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Places gained since 24 hours ago, negative for places lost; null: it was not ranked then, or more has changed than is kept count of.',
  })
  movement(@Root() { placed: { row, rank } }: BoardEntry, @Ctx() { em }: Context): Promise<number | null> {
    return movementOf(em, row, rank)
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: 'What was entered; null where the viewer may not see it, or it is gone.',
  })
  async subject(@Root() { placed: { row } }: BoardEntry, @Ctx() context: Context): Promise<object | null> {
    if (row.subjectId == null) return null
    return (await seenArchitecture(context, row.subjectId)) ?? findNode(context.em, row.subjectId)
  }

  @FieldResolver(() => Run, {
    nullable: true,
    description: 'The run that repeats it; null where there is none that the viewer sees.',
  })
  verifyingRun(@Root() { placed: { row } }: BoardEntry, @Ctx() { loaders }: Context): Promise<RunRow | null> | null {
    return row.verifyingRunId == null ? null : loaders.run.load(row.verifyingRunId)
  }

  @FieldResolver(() => [Run], { description: 'The finished runs behind it that the viewer sees; at most 50.' })
  async runs(@Root() { placed: { row } }: BoardEntry, @Ctx() { em }: Context): Promise<RunRow[]> {
    return em.find(RunTable, { id: { $in: await runsBehind(em, row.id, MOST_RUNS) } }, { orderBy: { id: 'asc' } })
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who entered it; null for the rule of the board.' })
  submittedBy(@Root() { placed: { row } }: BoardEntry, @Ctx() context: Context): Promise<User | null> {
    return userByKey(context, row.submittedBy)
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer may withdraw it.' })
  mayWithdraw(@Root() { placed: { row, board } }: BoardEntry, @Ctx() { rights }: Context): boolean {
    return (
      rights.mayInTeam(board.teamId, 'maintainer') || (row.teamId != null && rights.mayInTeam(row.teamId, 'member'))
    )
  }

  @FieldResolver(() => String, { description: 'Which rule put it where it stands; a sentence or two.' })
  async why(@Root() { placed }: BoardEntry, @Ctx() { em }: Context): Promise<string> {
    return whyOf(await standingOf(em, placed))
  }

  @FieldResolver(() => String, { description: 'What would lift it one place; a sentence.' })
  async lift(@Root() { placed }: BoardEntry, @Ctx() { em }: Context): Promise<string> {
    return liftOf(await standingOf(em, placed))
  }

  @FieldResolver(() => [RankAt], { description: 'Its places and scores over time, the oldest first.' })
  history(
    @Root() { placed: { row } }: BoardEntry,
    @Arg('points', () => Int, { nullable: true, defaultValue: 50, description: 'About as many moments: 2 to 200.' })
    points: number | null,
    @Ctx() { em }: Context,
  ): Promise<RankAt[]> {
    return historyOf(em, row, checkSize('points', points ?? 50, 200))
  }
}

const MOST_RUNS = 50

const standingOf = async (em: Context['em'], { row, board, rank, above }: Placed): Promise<Standing> => ({
  ...{ rules: rulesOf(board), entry: row, rank, above },
  length: await lengthOf(em, board.id),
})
