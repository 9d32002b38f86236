// Starts a run that ended without a result anew: the same settings, seed and project, as a run of its own that says where it comes from.
import { isEnded } from '@cellboard/schema/run-state'
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql'
import { conflict } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { findRun, runId } from './run-id.js'
import { RunTable, type RunRow } from './run.table.js'
import { Run } from './run.type.js'
import { announce } from './start-runs.js'
import { queueAgain, type NewRun } from './state.js'

@Resolver(() => Run)
export class RetryResolver {
  @Mutation(() => Run, {
    description:
      'Starts a run that FAILED or was CANCELLED anew, from its first step, with the same settings, seed, project and group. CONFLICT where it has not ended, has its result, or another try of it waits, runs or has finished.',
  })
  async retryRun(
    @Arg('id', () => ID, { description: 'The run that ended without a result.' }) id: string,
    @Ctx() context: Context,
  ): Promise<RunRow> {
    const { em, asker, house, noted } = context
    const run = await findRun(context, id)
    if (run.kind === 'logged')
      throw conflict(
        `Expected a run that this server computes, but "${run.name}" was logged by a program elsewhere. Start it there.`,
      )
    if (!isEnded(run.state) || run.state === 'FINISHED')
      throw conflict(`Expected a run that failed or was cancelled, but "${run.name}" is ${run.state}.`)
    const tries = await em.find(RunTable, { retriedFrom: run.id, trashedAt: null }, { orderBy: { id: 'desc' } })
    const better = tries.find(({ state }) => state !== 'FAILED' && state !== 'CANCELLED')
    if (better)
      throw conflict(
        `Expected a run that was not started anew yet, but "${run.name}" was, as ${runId(better)}, which is ${better.state}. Look there.`,
      )
    const { kind, settings, name, projectId, searchId } = run
    const work = { kind, settings, name, projectId, searchId } as NewRun
    const again = { ...work, createdBy: asker.user?.id ?? null, retriedFrom: run.id }
    const queued = await queueAgain(em, again, run.groupId ?? null)
    announce(house, [queued])
    noted.detail = { as: runId(queued) }
    return queued
  }

  @FieldResolver(() => Run, {
    nullable: true,
    description: 'The run without a result that was started anew as this one; null for any other run.',
  })
  async retriedFrom(@Root() { retriedFrom }: RunRow, @Ctx() { loaders }: Context): Promise<RunRow | null> {
    return retriedFrom == null ? null : loaders.run.load(retriedFrom)
  }
}
