// Names, notes, tags, pins and the bin.
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { DateTime } from '../graphql/scalars.js'
import { bin, deleteRuns, findAll, MOST_AT_ONCE, noteRun, ring, tagRuns } from './keep-run.js'
import { findRun } from './run-id.js'
import type { RunRow } from './run.table.js'
import { Run } from './run.type.js'

const MANY = `1 to ${MOST_AT_ONCE} runs.`

@Resolver(() => Run)
export class KeepRunResolver {
  @Mutation(() => [Run], { description: 'Adds tags to runs and takes tags off them; all or nothing.' })
  async tagRuns(
    @Arg('runs', () => [ID], { description: MANY }) ids: string[],
    @Arg('add', () => [String], {
      nullable: true,
      description: 'At most 50: 1 to 50 letters, digits and . _ : / - each.',
    })
    add: string[] | null,
    @Arg('remove', () => [String], { nullable: true, description: 'At most 50.' }) remove: string[] | null,
    @Ctx() context: Context,
  ): Promise<RunRow[]> {
    const runs = await findAll(context, ids)
    await tagRuns(context, runs, { add: add ?? [], remove: remove ?? [] })
    context.noted.detail = { runs: ids, add, remove }
    ring(context, runs)
    return runs
  }

  @Mutation(() => Run, { description: 'Changes the name, the notes or the pin of a run; what is left out stays.' })
  async setRun(
    @Arg('id', () => ID, { description: 'The run.' }) id: string,
    @Arg('name', () => String, { nullable: true, description: '1 to 200 characters.' }) name: string | null,
    @Arg('notes', () => String, { nullable: true, description: 'At most 20,000 characters.' }) notes: string | null,
    @Arg('pinned', () => Boolean, { nullable: true, description: 'Whether it is pinned.' }) pinned: boolean | null,
    @Ctx() context: Context,
  ): Promise<RunRow> {
    const run = await findRun(context, id)
    context.noted.detail = { ...(name != null && { from: run.name, to: name }), notes: notes != null, pinned }
    await noteRun(context, run, { name: name ?? null, notes: notes ?? null, pinned: pinned ?? null })
    ring(context, [run])
    return run
  }

  @Mutation(() => [Run], { description: 'Puts runs into the bin: lists leave them out, nothing is lost.' })
  async trashRuns(
    @Arg('runs', () => [ID], { description: MANY }) ids: string[],
    @Ctx() context: Context,
  ): Promise<RunRow[]> {
    const runs = await findAll(context, ids)
    await bin(context, runs, true)
    context.noted.detail = { runs: ids }
    ring(context, runs)
    return runs
  }

  @Mutation(() => [Run], { description: 'Takes runs out of the bin again.' })
  async restoreRuns(
    @Arg('runs', () => [ID], { description: MANY }) ids: string[],
    @Ctx() context: Context,
  ): Promise<RunRow[]> {
    const runs = await findAll(context, ids)
    await bin(context, runs, false)
    context.noted.detail = { runs: ids }
    ring(context, runs)
    return runs
  }

  @Mutation(() => [ID], {
    description:
      'Deletes runs in the bin for good, with their logs, points and files. CONFLICT for runs outside the bin or that have not ended.',
  })
  async deleteRuns(
    @Arg('runs', () => [ID], { description: MANY }) ids: string[],
    @Ctx() context: Context,
  ): Promise<string[]> {
    const runs = await findAll(context, ids)
    const names = runs.map(({ name }) => name)
    await deleteRuns(context, runs)
    ring(context, runs)
    context.noted.detail = { runs: ids, names }
    return ids
  }

  @FieldResolver(() => [String], { description: 'In alphabetical order; at most 50.' })
  tags(@Root() run: RunRow, @Ctx() { loaders }: Context): Promise<readonly string[]> {
    return loaders.tags.load(run.id)
  }

  @FieldResolver(() => String, { description: 'What people wrote about it; plain text.' })
  notes(@Root() run: RunRow): string {
    return run.notes
  }

  @FieldResolver(() => Boolean, { description: 'Whether somebody pinned it.' })
  pinned(@Root() run: RunRow): boolean {
    return run.pinned
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'Since when it lies in the bin; null where it does not.',
  })
  trashedAt(@Root() run: RunRow): Date | null {
    return run.trashedAt ?? null
  }
}
