// Boards: the ranking as it is and was, its rules, and what can be read off it.
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'
import { badField } from '../errors.js'
import type { Context } from '../graphql/context.js'
import {
  checkSize,
  cursorOf,
  newestFirst,
  PageArgs,
  pageOf,
  readKeyedArgs,
  readPage as readRows,
} from '../graphql/paging.js'
import { DateTime } from '../graphql/scalars.js'
import { userByKey } from '../people/shown.js'
import { rows } from '../store/orm.js'
import { Team } from '../teams/team.type.js'
import type { TeamRow } from '../teams/team.table.js'
import { BoardEntryTable, BoardRulesTable, BoardTable, BoardTeamTable, type BoardRow } from './board.table.js'
import { Board, BoardConnection } from './board.type.js'
import { BoardEntry, BoardEntryConnection, BoardTeam, ParetoPoint, shownTeam, TeamBest } from './entry.type.js'
import { boardId, enteringTeams, findBoard, rulesOf, shownFigures } from './find-board.js'
import { countAsOf, cursorOfKey, readKeyCursor, readPage, showPlaces, unplaced, alone, baselinesOf } from './placed.js'
import { bestOverTime } from './history.js'
import { pareto } from './pareto.js'
import { BoardRules, BoardRulesVersion, DirectionEnum, shownRules } from './rules.type.js'
import { comparedValue, valueName } from './sort-key.js'
import { StandingTable } from './standing.table.js'
import { lengthOf, placesFrom } from './stretches.js'
import type { Direction } from '@cellboard/schema/board-rules'

const MOST = 200
/** Beyond so many places a front is told of the first ones. */
const MOST_PARETO = 10_000

@Resolver(() => Board)
export class BoardResolver {
  @Query(() => Board, { description: 'A board by its global id; NOT_FOUND where the viewer sees none.' })
  board(
    @Arg('id', () => ID, { description: 'As in board-1.' }) id: string,
    @Ctx() context: Context,
  ): Promise<BoardRow> {
    return findBoard(context, id)
  }

  @Query(() => BoardConnection, { description: 'Boards that the viewer sees, the newest first.' })
  boards(@Args(() => PageArgs) page: PageArgs, @Ctx() { em, rights }: Context): Promise<BoardConnection> {
    return readRows(em, BoardTable, rights.whereBoards, page)
  }

  @FieldResolver(() => ID, { description: 'As in board-1.' })
  id(@Root() board: BoardRow): string {
    return boardId(board.id)
  }

  @FieldResolver(() => BoardTeam, { description: 'Whose it is.' })
  async team(@Root() { teamId }: BoardRow, @Ctx() { loaders }: Context): Promise<BoardTeam> {
    return shownTeam((await loaders.team.load(teamId))!)
  }

  @FieldResolver(() => [BoardTeam], { description: 'Teams that it was opened to, by name; at most 50.' })
  async teams(@Root() { id }: BoardRow, @Ctx() { em, loaders }: Context): Promise<BoardTeam[]> {
    const open = await em.find(BoardTeamTable, { boardId: id }, { limit: 50, disableIdentityMap: true })
    const teams = await Promise.all(open.map(({ teamId }) => loaders.team.load(teamId)))
    return teams.flatMap((team) => (team ? [shownTeam(team)] : [])).sort((a, b) => a.name.localeCompare(b.name))
  }

  @FieldResolver(() => BoardRules, { description: 'As they were written; see `revealed` for the metric in force.' })
  rules(@Root() { rules }: BoardRow): BoardRules {
    return shownRules(rules)
  }

  @FieldResolver(() => [BoardRulesVersion], {
    description: 'All versions of the rules, the newest first; at most 200.',
  })
  async ruleHistory(@Root() { id }: BoardRow, @Ctx() context: Context): Promise<BoardRulesVersion[]> {
    const order = { orderBy: { version: 'desc' as const }, limit: MOST, disableIdentityMap: true }
    const found = await context.em.find(BoardRulesTable, { boardId: id }, order)
    return Promise.all(
      found.map(async ({ version, rules, why, changedBy, changedAt }) => ({
        ...{ version, why, changedAt, rules: shownRules(rules) },
        changedBy: await userByKey(context, changedBy),
      })),
    )
  }

  @FieldResolver(() => Int, { description: 'Entries that are ranked.' })
  length(
    @Root() { id }: BoardRow,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'At this moment; now when absent.' }) asOf: Date | null,
    @Ctx() { em }: Context,
  ): Promise<number> {
    return asOf ? countAsOf(em, id, { asOf: +asOf }) : lengthOf(em, id)
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer may enter for one of their teams.' })
  async mayEnter(@Root() board: BoardRow, @Ctx() { em, rights }: Context): Promise<boolean> {
    if (board.archivedAt) return false
    return (await enteringTeams(em, board)).some((teamId) => rights.mayInTeam(teamId, 'member'))
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer may change its rules and judge its entries.' })
  mayManage(@Root() { teamId }: BoardRow, @Ctx() { rights }: Context): boolean {
    return rights.mayInTeam(teamId, 'maintainer')
  }

  @FieldResolver(() => BoardEntryConnection, { description: 'The ranking, the first place first.' })
  async entries(
    @Root() board: BoardRow,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'Entries at most: 1 to 200.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list to go on after.' })
    after: string | null,
    @Arg('from', () => Int, { nullable: true, description: 'A place to begin at, from 1, where no cursor is given.' })
    from: number | null,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'As it was at this moment; as it is when absent.' })
    asOf: Date | null,
    @Ctx() { em }: Context,
  ): Promise<BoardEntryConnection> {
    const most = checkSize('first', first ?? 50, MOST)
    const wanted = { most, after: after == null ? null : readKeyCursor(after), from: checkSize('from', from ?? 1, 1e9) }
    const { places, first: start } = await readPage(em, board, { ...wanted, asOf: asOf ? +asOf : null })
    const keys = new Map(places.map(({ entryId, sortKey }) => [entryId, sortKey]))
    const shown = (await showPlaces(em, board, places)).filter(({ placed }) => placed.rank! >= start)
    const edges = shown.slice(0, most).map((node) => ({ cursor: cursorOfKey(keys.get(node.placed.row.id)!), node }))
    const pageInfo = {
      hasNextPage: shown.length > most,
      hasPreviousPage: start > 1,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    }
    return { edges, pageInfo }
  }

  @FieldResolver(() => [BoardEntry], {
    description: 'The highest of each of the own teams, wherever it stands; in the order of their places.',
  })
  async viewerEntries(@Root() board: BoardRow, @Ctx() { em, rights }: Context): Promise<BoardEntry[]> {
    const own = await Promise.all(
      [...rights.teams.keys()].slice(0, MOST).map((teamId) => {
        const wanted = { boardId: board.id, isNow: true, teamId }
        return em.findOne(StandingTable, wanted, { orderBy: { sortKey: 'asc' } })
      }),
    )
    const standing = own.filter((one) => one !== null).sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
    const entries = await em.find(BoardEntryTable, { id: { $in: standing.map(({ entryId }) => entryId) } })
    return Promise.all(
      standing.map(({ entryId }) =>
        alone(
          em,
          board,
          entries.find(({ id }) => id === entryId)!,
        ),
      ),
    )
  }

  @FieldResolver(() => BoardEntryConnection, {
    description:
      'What is not ranked, the newest first, each with its reason: flagged, withdrawn, without a score, or behind a better one of its team.',
  })
  async unranked(
    @Root() board: BoardRow,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'Entries at most: 1 to 200.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list to go on after.' })
    after: string | null,
    @Ctx() { em }: Context,
  ): Promise<BoardEntryConnection> {
    const reading = readKeyedArgs({ first, after })
    const found = await rows<{ id: number }>(
      em,
      `select id from board_entry where board_id = ? and baseline = ? and id < ? and not exists
         (select 1 from board_standing where entry_id = board_entry.id and is_now = ?) order by id desc limit ?`,
      [board.id, false, newestFirst(reading).edge, true, reading.size + 1],
    )
    const page = await em.find(BoardEntryTable, { id: { $in: found.map(({ id }) => id) } }, { orderBy: { id: 'desc' } })
    const entries = page.map((row) => unplaced(board, row))
    return pageOf(entries, reading, ({ placed }) => cursorOf(placed.row.id))
  }

  @FieldResolver(() => [BoardEntry], { description: 'What is shown for comparison, the better first; at most 200.' })
  baselines(@Root() board: BoardRow, @Ctx() { em }: Context): Promise<BoardEntry[]> {
    return baselinesOf(em, board)
  }

  @FieldResolver(() => [TeamBest], { description: 'The best score over time of the teams that stand highest.' })
  async bestOverTime(
    @Root() board: BoardRow,
    @Arg('teams', () => Int, { nullable: true, defaultValue: 10, description: 'Teams at most: 1 to 10.' })
    teams: number | null,
    @Ctx() { em, loaders }: Context,
  ): Promise<TeamBest[]> {
    const best = await bestOverTime(em, board, checkSize('teams', teams ?? 10, 10))
    const found = await Promise.all(best.map(({ teamId }) => loaders.team.load(teamId)))
    return best.flatMap(({ times, scores }, i) => (found[i] ? [{ team: shownTeam(found[i]), times, scores }] : []))
  }

  @FieldResolver(() => [ParetoPoint], {
    description:
      'Score against a figure, of the ranked entries (the first 10,000) and the baselines that have both: the front, then the others.',
  })
  async pareto(
    @Root() board: BoardRow,
    @Arg('x', () => String, { description: 'A metric or figure that the rules name, as parameters.' }) x: string,
    @Arg('better', () => DirectionEnum, {
      nullable: true,
      defaultValue: 'lower',
      description: 'Which x is the better.',
    })
    better: Direction | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 200, description: 'Points at most: 1 to 1,000.' })
    first: number | null,
    @Ctx() { em }: Context,
  ): Promise<ParetoPoint[]> {
    const most = checkSize('first', first ?? 200, 1000)
    const { metric } = rulesOf(board)
    if (!namesOf(board).includes(x)) {
      throw badField('x', `Expected one of ${namesOf(board).join(', ')}, but received "${x.slice(0, 60)}".`)
    }
    const ranked = await showPlaces(em, board, await placesFrom(em, board.id, 1, MOST_PARETO))
    const points = [...ranked, ...(await baselinesOf(em, board))].flatMap((of) => {
      const { values } = of.placed.row
      const at = values[valueName({ name: x, pick: 'last' })]?.mean ?? null
      const score = comparedValue(metric, values)
      return at === null || score === null ? [] : [{ of, x: at, y: score }]
    })
    const marked = pareto(points, { x: better ?? 'lower', y: metric.direction })
    const ordered = [...marked.filter(({ front }) => front), ...marked.filter(({ front }) => !front)]
    return ordered.slice(0, most).map(({ of: entry, ...rest }) => ({ entry, ...rest }))
  }
}

/** What is shown of an entry beside its score: names that every entry has a last value of. */
function namesOf(board: BoardRow): string[] {
  const { columns, tieBreaks, ceilings } = board.rules
  const beside = new Set([...columns, ...[...tieBreaks, ...ceilings].map(({ name }) => name)])
  return [...new Set(shownFigures(board).map(({ name }) => name))].filter((name) => beside.has(name))
}

@Resolver(() => Team)
export class BoardsOfTeamResolver {
  @FieldResolver(() => BoardConnection, { description: 'Its boards that the viewer sees, the newest first.' })
  boards(
    @Root() team: TeamRow,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { em, rights }: Context,
  ): Promise<BoardConnection> {
    return readRows(em, BoardTable, { $and: [{ teamId: team.id }, rights.whereBoards] }, page)
  }
}
