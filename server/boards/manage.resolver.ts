// Making boards and ruling them: who sees them, what is ranked by, which baselines stand beside, and when they end.
import type { BoardVisibility } from '@cellboard/schema/board-rules'
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { conflict, notFound } from '../errors.js'
import { checkedName, checkedNotes, checkedReason } from '../graphql/checked-text.js'
import type { Context } from '../graphql/context.js'
import { checkLength } from '../graphql/paging.js'
import type { EntityManager } from '../store/orm.js'
import { findTeam } from '../teams/rules.js'
import { TeamTable } from '../teams/team.table.js'
import { addBaselines, baselinesOfSet, type Baseline } from './baselines.js'
import { BoardEntryTable, BoardRulesTable, BoardTable, BoardTeamTable, type BoardRow } from './board.table.js'
import {
  BaselineInput,
  BaselineSetEnum,
  Board,
  BoardInput,
  BoardVisibilityEnum,
  type BaselineSet,
} from './board.type.js'
import { checkRules } from './check-rules.js'
import { refigure } from './enter.js'
import { boardId, findBoard, findEntry, rulesOf, withBoard } from './find-board.js'
import { BoardRulesInput } from './rules.type.js'
import { rerank } from './standings.js'

const MOST_TEAMS = 50

@Resolver(() => Board)
export class ManageBoardResolver {
  @Mutation(() => Board, { description: 'Makes a board of a team.' })
  async createBoard(
    @Arg('team', () => ID, { description: 'Whose it is.' }) team: string,
    @Arg('input', () => BoardInput, { description: 'Its name, who sees it, and its rules.' }) input: BoardInput,
    @Ctx() context: Context,
  ): Promise<BoardRow> {
    const { em, asker, house, noted } = context
    const { id: teamId } = await findTeam(context, team)
    const [name, notes] = [checkedName(input.name), checkedNotes(input.notes ?? '')]
    const rules = await checkRules(context, input.rules, teamId)
    const visibility = input.visibility ?? 'team'
    refuseAutoOfOthers(visibility, rules.autoProject)
    const teams = await teamsOf(em, input.teams ?? [])
    const now = new Date()
    const board = await em.transactional(async (em) => {
      const row = em.create(BoardTable, {
        teamId,
        name,
        notes,
        visibility,
        rules,
        createdBy: asker.user!.id,
        createdAt: now,
      })
      await em.persistAndFlush(row)
      await em.insert(BoardRulesTable, {
        boardId: row.id,
        version: 1,
        rules,
        why: '',
        changedBy: asker.user!.id,
        changedAt: now,
      })
      await openTo(em, row.id, teams)
      return row
    })
    Object.assign(noted, { subject: boardId(board.id), detail: { name, visibility } })
    if (rules.autoProject !== null) house.boardKeeper.enterAll(board.id)
    return board
  }

  @Mutation(() => Board, { description: 'Changes name, notes and who sees a board; what is left out stays.' })
  async setBoard(
    @Arg('id', () => ID, { description: 'The board.' }) id: string,
    @Arg('name', () => String, { nullable: true, description: '1 to 100 characters.' }) name: string | null,
    @Arg('notes', () => String, { nullable: true, description: 'At most 20,000 characters.' }) notes: string | null,
    @Arg('visibility', () => BoardVisibilityEnum, { nullable: true, description: 'Who sees it, and who may enter.' })
    visibility: BoardVisibility | null,
    @Arg('teams', () => [String], { nullable: true, description: 'Slugs of all teams that may enter besides its own.' })
    slugs: string[] | null,
    @Ctx() context: Context,
  ): Promise<BoardRow> {
    const { em, noted } = context
    const board = await findBoard(context, id)
    const teams = slugs && (await teamsOf(em, slugs))
    refuseAutoOfOthers(visibility ?? board.visibility, board.rules.autoProject)
    em.assign(board, {
      ...(name != null && { name: checkedName(name) }),
      ...(notes != null && { notes: checkedNotes(notes) }),
      ...(visibility && { visibility }),
    })
    await em.transactional(async (em) => {
      await em.flush()
      if (teams) await openTo(em, board.id, teams)
    })
    noted.detail = { name, visibility, teams: slugs }
    told(context, board)
    return board
  }

  @Mutation(() => Board, {
    description:
      'Changes the rules: a new version, by which all entries are ranked anew at once. Entries keep the version that let them in.',
  })
  async setBoardRules(
    @Arg('id', () => ID, { description: 'The board.' }) id: string,
    @Arg('rules', () => BoardRulesInput, { description: 'All of them; what is left out takes its default.' })
    input: BoardRulesInput,
    @Arg('why', () => String, { description: 'For those who stand on it; 1 to 500 characters.' }) why: string,
    @Ctx() context: Context,
  ): Promise<BoardRow> {
    const { em, asker, noted } = context
    const board = await findBoard(context, id)
    const reason = checkedReason(why, 'why')
    const rules = await checkRules(context, input, board.teamId)
    refuseAutoOfOthers(board.visibility, rules.autoProject)
    if (rules.subject !== board.rules.subject)
      throw conflict(`Expected the subject to stay ${board.rules.subject}: other things are ranked on another board.`)
    const now = new Date()
    const changed = await withBoard(em, board.id, async (em, held) => {
      const version = held.ruleVersion + 1
      em.assign(held, {
        rules,
        ruleVersion: version,
        revealed: rules.reveal !== null && new Date(rules.reveal.at) <= now,
      })
      await em.flush()
      await em.insert(BoardRulesTable, {
        boardId: held.id,
        version,
        rules,
        why: reason,
        changedBy: asker.user!.id,
        changedAt: now,
      })
      await refigure(em, held)
      await rerank(em, held, rulesOf(held), now)
      return held
    })
    Object.assign(noted, { subject: id, detail: { version: changed.ruleVersion, why: reason } })
    if (rules.autoProject !== null) context.house.boardKeeper.enterAll(board.id)
    told(context, board)
    return em.findOneOrFail(BoardTable, board.id, { refresh: true })
  }

  @Mutation(() => Board, {
    description: 'Ends a board, or takes it up again: it is shown as it stands, and takes no entries.',
  })
  async archiveBoard(
    @Arg('id', () => ID, { description: 'The board.' }) id: string,
    @Arg('archived', () => Boolean, { nullable: true, defaultValue: true, description: 'False to take it up again.' })
    archived: boolean | null,
    @Ctx() context: Context,
  ): Promise<BoardRow> {
    const board = await findBoard(context, id)
    context.em.assign(board, { archivedAt: archived === false ? null : (board.archivedAt ?? new Date()) })
    await context.em.flush()
    context.noted.detail = { archived: archived !== false }
    told(context, board)
    return board
  }

  @Mutation(() => Board, {
    description: 'Loads published results as baselines, each with its source; those that are there stay.',
  })
  async addBaselines(
    @Arg('board', () => ID, { description: 'The board; it must rank by test-accuracy.' }) id: string,
    @Arg('set', () => BaselineSetEnum, { description: 'Which.' }) set: BaselineSet,
    @Arg('dataset', () => String, {
      nullable: true,
      description: 'Of NAS-Bench-201: cifar10, cifar100 or imagenet16-120. Default: cifar10.',
    })
    dataset: string | null,
    @Ctx() context: Context,
  ): Promise<BoardRow> {
    const baselines = await baselinesOfSet(set, dataset ?? null, context.house.config.dataFolder)
    return withBaselines(context, id, baselines)
  }

  @Mutation(() => Board, { description: 'Shows something from elsewhere for comparison; it takes no place.' })
  addBaseline(
    @Arg('board', () => ID, { description: 'The board.' }) id: string,
    @Arg('input', () => BaselineInput, { description: 'What it is, where it comes from, and its figures.' })
    { title, source, figures }: BaselineInput,
    @Ctx() context: Context,
  ): Promise<BoardRow> {
    checkLength('figures', figures, 30)
    const read = figures.map(({ name, mean, deviation = null, n }) => [name, { mean, deviation, n: n ?? 1 }] as const)
    const baseline = {
      title: checkedName(title),
      source: checkedReason(source, 'source'),
      figures: Object.fromEntries(read),
    }
    return withBaselines(context, id, [baseline])
  }

  @Mutation(() => Boolean, {
    description: 'Takes a baseline off a board. What was entered is withdrawn instead: it is kept.',
  })
  async removeBaseline(
    @Arg('entry', () => ID, { description: 'The baseline.' }) id: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const { entry, board } = await findEntry(context, id)
    if (!entry.baseline) throw conflict(`Expected a baseline, but "${entry.title}" was entered: withdraw it instead.`)
    await context.em.nativeDelete(BoardEntryTable, entry.id)
    context.noted.detail = { title: entry.title, board: boardId(board.id) }
    told(context, board)
    return true
  }
}

async function withBaselines(context: Context, id: string, baselines: readonly Baseline[]): Promise<BoardRow> {
  const board = await findBoard(context, id)
  const added = await addBaselines(context.em, board.id, { baselines, by: context.asker.user!.id })
  context.noted.detail = { added: added.map(({ title }) => title) }
  told(context, board)
  return board
}

/** Tells those who watch it. */
export const told = ({ house }: Pick<Context, 'house'>, { id }: BoardRow): void => house.boardBells.ring(id)

/** A rule that enters by itself reads a project of its own team; nobody else's figures come out by it but on purpose. */
function refuseAutoOfOthers(visibility: BoardVisibility, autoProject: string | null): void {
  if (autoProject === null || visibility !== 'public') return
  throw conflict(
    'Expected a board that enters by itself to be seen by teams alone: on a public one every entry is shown on purpose.',
  )
}

/** @throws NOT_FOUND for a slug that no team has */
async function teamsOf(em: EntityManager, slugs: readonly string[]): Promise<number[]> {
  checkLength('teams', slugs, MOST_TEAMS)
  const found = await em.find(TeamTable, { slug: { $in: [...slugs] } })
  const missing = slugs.find((slug) => !found.some((team) => team.slug === slug))
  if (missing !== undefined) throw notFound('a team', missing)
  return found.map(({ id }) => id)
}

async function openTo(em: EntityManager, board: number, teams: readonly number[]): Promise<void> {
  await em.nativeDelete(BoardTeamTable, { boardId: board })
  for (const teamId of teams) await em.insert(BoardTeamTable, { boardId: board, teamId })
}
