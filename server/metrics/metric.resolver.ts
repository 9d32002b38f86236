// A run's metrics: their summaries, and the history of one.
import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { checkSize } from '../graphql/paging.js'
import type { RunRow } from '../runs/run.table.js'
import { Run } from '../runs/run.type.js'
import { MetricSummary, Series } from './metric.type.js'
import { readSeries } from './series.js'

@Resolver(() => Run)
export class MetricResolver {
  @FieldResolver(() => [MetricSummary], { description: 'Everything that it logged, by name.' })
  async metrics(@Root() run: RunRow, @Ctx() { loaders }: Context): Promise<MetricSummary[]> {
    const summaries = await loaders.summaries.load(run.id)
    return summaries.map(({ metric: name, ...rest }) => ({ name, ...rest }) as MetricSummary)
  }

  @FieldResolver(() => Series, {
    description:
      'History of one metric. Where there are more points than buckets, each bucket keeps min, max, last and count.',
  })
  async series(
    @Root() run: RunRow,
    @Arg('name', () => String, { description: 'Name of the metric.' }) name: string,
    @Arg('from', () => Float, { nullable: true, description: 'Steps from this on.' }) from: number | null,
    @Arg('to', () => Float, { nullable: true, description: 'Steps up to this.' }) to: number | null,
    @Arg('buckets', () => Int, { nullable: true, defaultValue: 1000, description: 'Entries at most: 1 to 10,000.' })
    buckets: number | null,
    @Ctx() { em }: Context,
  ): Promise<Series> {
    const range = {
      from: from ?? -Infinity,
      to: to ?? Infinity,
      buckets: checkSize('buckets', buckets ?? 1000, 10_000),
      upTo: run.lastNumber,
    }
    const series = await readSeries(em, run.id, name, range)
    return { name, ...series, lastNumber: range.upTo }
  }
}
