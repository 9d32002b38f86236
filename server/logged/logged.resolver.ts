// Runs that a program elsewhere computes: made here, fed with points, and ended, each by one mutation. A token that logs is enough.
import { isEnded, type RunState } from '@cellboard/schema/run-state'
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { badField } from '../errors.js'
import { checkedName } from '../graphql/checked-text.js'
import type { Context } from '../graphql/context.js'
import { homeOf } from '../projects/home.js'
import { checkTags } from '../runs/keep-run.js'
import { LONGEST_NAME } from '../runs/read-settings.js'
import { findRun, runId } from '../runs/run-id.js'
import type { RunRow } from '../runs/run.table.js'
import { RunStateEnum } from '../runs/run.type.js'
import { changeState, openLoggedRun } from '../runs/state.js'
import { checkLogged, hasEnded, logPoints, readLoggedSettings, type Logged } from './log-run.js'
import { LoggedPoints, LoggedRun, LoggedRunInput, POINTS_TEXT, SeriesInput } from './logged.type.js'

const MOST_REASON = 2_000

@Resolver(() => LoggedRun)
export class LoggedResolver {
  @Mutation(() => LoggedRun, {
    description:
      'Makes a run that a program elsewhere computes. It is RUNNING from now on; tell its points with logPoints and its end with finishRun.',
  })
  async createRun(
    @Arg('input', () => LoggedRunInput, { description: 'The run.' }) input: LoggedRunInput,
    @Ctx() context: Context,
  ): Promise<RunRow> {
    const name = checkedName(input.name, { path: 'input.name', most: LONGEST_NAME })
    const settings = readLoggedSettings(input.settings, input.seed ?? null)
    const tags = [...new Set(input.tags ?? [])]
    checkTags('input.tags', tags)
    const home = homeOf(context, input.project ?? null)
    const run = await openLoggedRun(context.em, { kind: 'logged', name, settings, ...home }, tags)
    context.house.bells.ring(run.id)
    context.noted.subject = runId(run)
    return run
  }

  @Mutation(() => LoggedPoints, {
    description: `Adds points to a run of createRun: all or none, kept once answered. ${POINTS_TEXT} CONFLICT where the run has ended.`,
  })
  async logPoints(
    @Arg('run', () => ID, { description: 'As in logged-1.' }) id: string,
    @Arg('points', () => [SeriesInput], { description: 'A series for each metric.' }) points: SeriesInput[],
    @Ctx() context: Context,
  ): Promise<Logged & { run: RunRow }> {
    const run = await findRun(context, id)
    const logged = await logPoints(context, run, points)
    // Thousands of these would bury what owners read the audit log for.
    context.noted.quiet = true
    return { run, ...logged }
  }

  @Mutation(() => LoggedRun, {
    description:
      'Ends a run of createRun: FINISHED with its result, FAILED or CANCELLED without. CONFLICT where it has ended.',
  })
  async finishRun(
    @Arg('run', () => ID, { description: 'As in logged-1.' }) id: string,
    @Arg('state', () => RunStateEnum, { description: 'FINISHED, FAILED or CANCELLED.' }) state: RunState,
    @Arg('reason', () => String, {
      nullable: true,
      description:
        'Why it ended so, for people: at most 2,000 characters. Of a failed run its failure, else a line of its log.',
    })
    reason: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<RunRow> {
    const run = await findRun(context, id)
    checkLogged(run)
    if (!isEnded(state)) {
      throw badField('state', `Expected FINISHED, FAILED or CANCELLED, but received ${state}.`)
    }
    const why = reason?.trim() ?? ''
    if (why.length > MOST_REASON) {
      throw badField('reason', `Expected at most ${MOST_REASON} characters, but received ${why.length}.`)
    }
    const failure = {
      code: 'REPORTED' as const,
      message: why || 'The program that logged this run gave no reason.',
      hint: '',
    }
    const ended = await changeState(context.em, run.id, {
      to: state,
      from: ['RUNNING'],
      ...(state === 'FAILED' ? { failure } : why && { note: why }),
    })
    await context.em.refresh(run)
    if (!ended) throw hasEnded(run)
    context.house.bells.ring(run.id)
    context.noted.detail = { state }
    return run
  }
}
