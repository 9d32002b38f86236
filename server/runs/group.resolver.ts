// Groups of runs: finding one, its runs, and what is reckoned over them.
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { checkSize, PageArgs, readPage } from '../graphql/paging.js'
import { aggregate } from '../metrics/aggregate.js'
import { bandOf } from '../metrics/band.js'
import { readSeries } from '../metrics/series.js'
import { readComputingSeconds } from './cost.js'
import { findGroup, groupId, runsOf } from './group-id.js'
import { RunGroupTable, type RunGroupRow } from './group.table.js'
import { Aggregate, BandSeries, Pick, RunGroup, RunGroupConnection } from './group.type.js'
import type { RunKind, RunRow } from './run.table.js'
import { Run, RunKindEnum } from './run.type.js'

const VALUES = { LAST: 'last', MIN: 'min', MAX: 'max' } as const

@Resolver(() => RunGroup)
export class GroupResolver {
  @Query(() => RunGroup, { description: 'One group of runs by its global id; NOT_FOUND where there is none.' })
  group(
    @Arg('id', () => ID, { description: 'As in group-1.' }) id: string,
    @Ctx() context: Context,
  ): Promise<RunGroupRow> {
    return findGroup(context, id)
  }

  @Query(() => RunGroupConnection, { description: 'All groups of runs, the newest first.' })
  groups(@Args(() => PageArgs) page: PageArgs, @Ctx() { em, rights }: Context): Promise<RunGroupConnection> {
    return readPage(em, RunGroupTable, rights.whereGroups, page)
  }

  @FieldResolver(() => RunKindEnum, { description: 'Of all its runs.' })
  async kind(@Root() group: RunGroupRow, @Ctx() { loaders }: Context): Promise<RunKind> {
    const [first] = await loaders.runsOfGroup.load(group.id)
    return first?.kind ?? 'search'
  }

  @FieldResolver(() => ID, { description: 'Global id.' })
  id(@Root() group: RunGroupRow): string {
    return groupId(group)
  }

  @FieldResolver(() => [Run], { description: 'In the order of their seeds as they were given.' })
  runs(@Root() group: RunGroupRow, @Ctx() { loaders }: Context): Promise<readonly RunRow[]> {
    return loaders.runsOfGroup.load(group.id)
  }

  @FieldResolver(() => Aggregate, { description: 'Mean and deviation of one metric over the runs.' })
  async aggregate(
    @Root() group: RunGroupRow,
    @Arg('metric', () => String, { description: 'Name of the metric.' }) metric: string,
    @Arg('pick', () => Pick, { nullable: true, defaultValue: Pick.LAST, description: 'Which value stands for a run.' })
    pick: Pick | null,
    @Ctx() { loaders }: Context,
  ): Promise<Aggregate> {
    const runs = (await loaders.runsOfGroup.load(group.id)).filter(({ state }) => state === 'FINISHED')
    const summaries = await loaders.summaries.loadMany(runs.map(({ id }) => id))
    const of = summaries.map((all) => (all instanceof Error ? undefined : all.find((one) => one.metric === metric)))
    return aggregate(of.map((summary) => summary?.[VALUES[pick ?? Pick.LAST]]))
  }

  @FieldResolver(() => Aggregate, { description: 'Seconds of computing a run.' })
  async cost(@Root() group: RunGroupRow, @Ctx() { em, loaders }: Context): Promise<Aggregate> {
    const runs = (await loaders.runsOfGroup.load(group.id)).filter(({ state }) => state === 'FINISHED')
    return aggregate(await Promise.all(runs.map(({ id }) => readComputingSeconds(em, id))))
  }

  @FieldResolver(() => BandSeries, {
    description: 'Mean, least and greatest of one metric over all runs, those that are under way as far as they are.',
  })
  async series(
    @Root() group: RunGroupRow,
    @Arg('name', () => String, { description: 'Name of the metric.' }) name: string,
    @Arg('buckets', () => Int, { nullable: true, defaultValue: 1000, description: 'Entries at most: 1 to 10,000.' })
    buckets: number | null,
    @Ctx() { em }: Context,
  ): Promise<BandSeries> {
    const most = checkSize('buckets', buckets ?? 1000, 10_000)
    const all = { from: -Infinity, to: Infinity, buckets: Infinity }
    const histories = []
    for (const { id, lastNumber } of await runsOf(em, group)) {
      const { x, last } = await readSeries(em, id, name, { ...all, upTo: lastNumber })
      histories.push({ x, values: last })
    }
    return { name, ...bandOf(histories, most) }
  }
}

@Resolver(() => Run)
export class RunGroupOfRunResolver {
  @FieldResolver(() => RunGroup, { nullable: true, description: 'Null for a run that was started alone.' })
  async group(@Root() { groupId }: RunRow, @Ctx() { loaders }: Context): Promise<RunGroupRow | null> {
    return groupId == null ? null : loaders.group.load(groupId)
  }
}
