// Runs: finding them, listing them, stopping them, and being told when one changes.
import { isEnded, type RunState } from '@cellboard/schema/run-state'
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import { conflict } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { checkSize, cursorOf, readCursor } from '../graphql/paging.js'
import { readComputingSeconds } from './cost.js'
import { parseGroupId } from './group-id.js'
import { RunGroupTable, type RunGroupRow } from './group.table.js'
import { runChanges } from './run-changes.js'
import { findRun, parseRunId, runId } from './run-id.js'
import { RunTable, type RunRow } from './run.table.js'
import { Cost, Node, progressOf, Run, RunConnection, RunStateEnum, Progress } from './run.type.js'
import { changeState } from './state.js'

@Resolver(() => Run)
export class RunResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Anything by its global id; null where there is no such thing.',
  })
  async node(@Arg('id', () => ID) id: string, @Ctx() { em }: Context): Promise<RunRow | RunGroupRow | null> {
    const [run, group] = [parseRunId(id), parseGroupId(id)]
    if (run !== null) return em.findOne(RunTable, run)
    return group === null ? null : em.findOne(RunGroupTable, group)
  }

  @Query(() => Run, { description: 'One run by its global id; NOT_FOUND where there is none.' })
  run(@Arg('id', () => ID) id: string, @Ctx() { em }: Context): Promise<RunRow> {
    return findRun(em, id)
  }

  @Query(() => RunConnection, { description: 'All runs, the newest first.' })
  async runs(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('state', () => RunStateEnum, { nullable: true }) state: RunState | null,
    @Ctx() { em }: Context,
  ): Promise<RunConnection> {
    const size = checkSize('first', first ?? 50, 200)
    const wanted = state ? { state } : {}
    const page = after ? { ...wanted, id: { $lt: readCursor(after) } } : wanted
    const found = await em.find(RunTable, page, { orderBy: { id: 'desc' }, limit: size + 1 })
    const edges = found.slice(0, size).map((node) => ({ cursor: cursorOf(node.id), node }))
    return {
      edges,
      pageInfo: { hasNextPage: found.length > size, endCursor: edges.at(-1)?.cursor ?? null },
      totalCount: await em.count(RunTable, wanted),
    }
  }

  @Mutation(() => Run, {
    description: 'Stops a run that is queued or running; what it found so far is kept. CONFLICT when it has ended.',
  })
  async cancelRun(@Arg('id', () => ID) id: string, @Ctx() { em, house }: Context): Promise<RunRow> {
    const run = await findRun(em, id)
    if (isEnded(run.state))
      throw conflict(`Expected a run that is queued or running, but "${run.name}" is ${run.state}.`)
    // Noted before anything else: an engine that ends now, or a server that dies, finds what was wanted.
    await em.nativeUpdate(RunTable, { id: run.id }, { cancelRequested: true })
    if (!house.runner.stopRun(run.id)) await changeState(em, run.id, { to: 'CANCELLED' })
    house.bells.ring(run.id)
    return em.refresh(run) as Promise<RunRow>
  }

  @Subscription(() => Run, {
    description: 'Each run that appeared or changed, at most 4 times a second a run.',
    subscribe: ({ context }: { context: Context }) => runChanges(context.house),
  })
  runChanged(@Root() run: RunRow): RunRow {
    return run
  }

  @FieldResolver(() => ID)
  id(@Root() run: RunRow): string {
    return runId(run)
  }

  @FieldResolver(() => Progress)
  progress(@Root() run: RunRow): Progress {
    return progressOf(run)
  }

  @FieldResolver(() => Cost)
  async cost(@Root() run: RunRow, @Ctx() { em }: Context): Promise<Cost> {
    return { seconds: await readComputingSeconds(em, run.id), device: run.backend?.device ?? null }
  }

  @FieldResolver(() => Int)
  seed(@Root() run: RunRow): number {
    return run.settings.seed
  }
}
