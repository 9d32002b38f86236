// Runs side by side: where their settings differ, and what came of them.
import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { checkLength } from '../graphql/paging.js'
import { findRun } from './run-id.js'
import type { RunRow } from './run.table.js'
import { Run } from './run.type.js'
import { MetricSummary } from '../metrics/metric.type.js'

/** As many as one feed follows. */
const MOST_COMPARED = 50

@ObjectType({ description: 'One setting of several runs.' })
export class ComparedSetting {
  @Field(() => String, { description: 'Its key.' })
  name!: string

  @Field(() => [String], {
    nullable: 'items',
    description: 'As text, in the order of the runs; null where a run has none.',
  })
  values!: (string | null)[]

  @Field(() => Boolean, { description: 'Whether the runs do not all have the same.' })
  differs!: boolean
}

@ObjectType({ description: 'One metric of several runs.' })
export class ComparedMetric {
  @Field(() => String, { description: 'Its name.' })
  name!: string

  @Field(() => [MetricSummary], {
    nullable: 'items',
    description: 'In the order of the runs; null where a run has none.',
  })
  summaries!: (MetricSummary | null)[]
}

@ObjectType({ description: 'Runs side by side.' })
export class Comparison {
  @Field(() => [Run], { description: 'In the order that was asked for.' })
  runs!: RunRow[]

  @Field(() => [ComparedSetting], { description: 'By name.' })
  settings!: ComparedSetting[]

  @Field(() => [ComparedMetric], { description: 'By name.' })
  metrics!: ComparedMetric[]
}

@Resolver()
export class CompareResolver {
  @Query(() => Comparison, {
    description: 'Settings and metrics of several runs; NOT_FOUND where the viewer does not see one of them.',
  })
  async compare(
    @Arg('runs', () => [ID], { description: `1 to ${MOST_COMPARED} runs.` }) ids: string[],
    @Ctx() context: Context,
  ): Promise<Comparison> {
    checkLength('runs', ids, MOST_COMPARED)
    const runs = await Promise.all([...new Set(ids)].map((id) => findRun(context, id)))
    const all = await Promise.all(runs.map(({ id }) => context.loaders.summaries.load(id)))
    return { runs, settings: comparedSettings(runs), metrics: comparedMetrics(all) }
  }
}

function comparedSettings(runs: readonly RunRow[]): ComparedSetting[] {
  const names = [...new Set(runs.flatMap(({ settings }) => Object.keys(settings)))].sort()
  return names.map((name) => {
    const values = runs.map(({ settings }) => {
      const value = (settings as Readonly<Record<string, unknown>>)[name]
      return value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value)
    })
    return { name, values, differs: new Set(values).size > 1 }
  })
}

function comparedMetrics(all: readonly (readonly { readonly metric: string }[])[]): ComparedMetric[] {
  const names = [...new Set(all.flatMap((summaries) => summaries.map(({ metric }) => metric)))].sort()
  return names.map((name) => ({
    name,
    summaries: all.map((summaries) => {
      const found = summaries.find(({ metric }) => metric === name)
      return found ? ({ ...found, name } as unknown as MetricSummary) : null
    }),
  }))
}
