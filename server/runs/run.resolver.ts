// Runs: finding them, listing them, stopping them, and being told when one changes.
import type { RunState } from '@cellboard/schema/run-state'
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import { conflict } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { PageArgs } from '../graphql/paging.js'
import { readComputingSeconds } from './cost.js'
import { findRuns, type FoundPage } from './find-runs.js'
import { RunFilter, RunOrder, RunOrderBy } from './run-filter.input.js'
import { runChanges } from './run-changes.js'
import { findRun, runId } from './run-id.js'
import type { RunKind, RunRow } from './run.table.js'
import { Cost, progressOf, Run, RunConnection, RunKindEnum, RunStateEnum, Progress } from './run.type.js'
import { changeState } from './state.js'
import { stopRun } from './stop-run.js'

@Resolver(() => Run)
export class RunResolver {
  @Query(() => Run, { description: 'One run by its global id; NOT_FOUND where there is none.' })
  run(
    @Arg('id', () => ID, { description: 'As in search-1 or training-1.' }) id: string,
    @Ctx() context: Context,
  ): Promise<RunRow> {
    return findRun(context, id)
  }

  @Query(() => RunConnection, {
    description: 'Runs that the viewer sees, the newest first unless another order is asked for.',
  })
  runs(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => RunFilter, { nullable: true, description: 'Which runs.' }) filter: RunFilter | null,
    @Arg('order', () => RunOrder, { nullable: true, description: 'In which order.' }) order: RunOrder | null,
    @Arg('state', () => RunStateEnum, {
      nullable: true,
      deprecationReason: '2026-11-27: use filter.states',
      description: 'In this state.',
    })
    state: RunState | null,
    @Arg('kind', () => RunKindEnum, {
      nullable: true,
      deprecationReason: '2026-11-27: use filter.kinds',
      description: 'Of this kind.',
    })
    kind: RunKind | null,
    @Ctx() { em, rights }: Context,
  ): Promise<FoundPage> {
    const wanted = { ...filter, ...(state && { states: [state] }), ...(kind && { kinds: [kind] }) }
    return findRuns(em, rights, {
      filter: wanted,
      order: order ?? { by: RunOrderBy.CREATED_AT },
      page,
    })
  }

  @Mutation(() => Run, {
    description:
      'Stops a run that is queued, running or paused, for good; what it found so far is kept. CONFLICT when it has ended.',
  })
  async cancelRun(
    @Arg('id', () => ID, { description: 'The run.' }) id: string,
    @Ctx() context: Context,
  ): Promise<RunRow> {
    const run = await findRun(context, id)
    if (await stopRun(context, run, 'CANCELLED')) return context.em.refresh(run) as Promise<RunRow>
    throw conflict(`Expected a run that is queued, running or paused, but "${run.name}" is ${run.state}.`)
  }

  @Mutation(() => Run, {
    description:
      'Stops a run that is queued or running until resumeRun: a running one is RUNNING until its engine has stopped. CONFLICT in any other state.',
  })
  async pauseRun(
    @Arg('id', () => ID, { description: 'The run.' }) id: string,
    @Ctx() context: Context,
  ): Promise<RunRow> {
    const run = await findRun(context, id)
    if (run.kind === 'logged')
      throw conflict(`Expected a run that this server computes, but "${run.name}" is logged by a program elsewhere.`)
    if (await stopRun(context, run, 'PAUSED')) return context.em.refresh(run) as Promise<RunRow>
    throw conflict(`Expected a run that is queued or running, but "${run.name}" is ${run.state}.`)
  }

  @Mutation(() => Run, {
    description:
      'Puts a paused run back into the queue: it goes on from its checkpoint, as if it had never been stopped. CONFLICT in any other state.',
  })
  async resumeRun(
    @Arg('id', () => ID, { description: 'The run.' }) id: string,
    @Ctx() context: Context,
  ): Promise<RunRow> {
    const { em, house } = context
    const run = await findRun(context, id)
    const resumed = await changeState(em, run.id, { to: 'QUEUED', from: ['PAUSED'] })
    await em.refresh(run)
    if (!resumed) {
      const but = run.pauseRequested ? 'has yet to stop: try again in a moment' : `is ${run.state}`
      throw conflict(`Expected a run that is paused, but "${run.name}" ${but}.`)
    }
    house.bells.ring(run.id)
    house.runner.wake()
    return run
  }

  @Subscription(() => Run, {
    description: 'Each run that appeared or changed, at most 4 times a second a run.',
    subscribe: ({ context }: { context: Context }) => runChanges(context),
  })
  runChanged(@Root() run: RunRow): RunRow {
    return run
  }

  @FieldResolver(() => ID, { description: 'Global id.' })
  id(@Root() run: RunRow): string {
    return runId(run)
  }

  @FieldResolver(() => RunStateEnum, {
    nullable: true,
    description: 'PAUSED or CANCELLED while that was asked for and its engine has yet to stop; null otherwise.',
  })
  becoming(@Root() { cancelRequested, pauseRequested }: RunRow): RunState | null {
    return cancelRequested ? 'CANCELLED' : pauseRequested ? 'PAUSED' : null
  }

  @FieldResolver(() => Progress, { description: 'How far it is.' })
  progress(@Root() run: RunRow): Progress {
    return progressOf(run)
  }

  @FieldResolver(() => Cost, { description: 'What it has cost so far.' })
  async cost(@Root() run: RunRow, @Ctx() { em }: Context): Promise<Cost> {
    return { seconds: await readComputingSeconds(em, run.id), device: run.backend?.device ?? null }
  }

  @FieldResolver(() => Int, { description: 'Of its random streams.' })
  seed(@Root() run: RunRow): number {
    return run.settings.seed
  }
}

@Resolver(() => RunConnection)
export class RunConnectionResolver {
  @FieldResolver(() => Int, { description: 'Runs in all, on all pages; counted only where it is asked for.' })
  totalCount(@Root() { countAll }: FoundPage): Promise<number> {
    return countAll()
  }
}
