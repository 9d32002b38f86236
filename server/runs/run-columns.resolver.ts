// By what the runs that somebody sees can be shown, narrowed and ordered: the settings that they have and the metrics that they log.
import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import type { Rights } from '../people/rights.js'
import { rows, type EntityManager } from '../store/orm.js'
import { visible } from './filter-sql.js'

/** Of settings and of metrics each. */
const MOST_NAMES = 200

@ObjectType({ description: 'What lists of runs can show, be narrowed by and be ordered by.' })
export class RunColumns {
  @Field(() => [String], { description: `Keys of settings, in alphabetical order; at most ${MOST_NAMES}.` })
  settings!: string[]

  @Field(() => [String], { description: `Names of metrics, in alphabetical order; at most ${MOST_NAMES}.` })
  metrics!: string[]
}

@Resolver()
export class RunColumnsResolver {
  @Query(() => RunColumns, { description: 'The settings and metrics of all runs that the viewer sees.' })
  async runColumns(@Ctx() { em, rights }: Context): Promise<RunColumns> {
    const settings = await namesIn(em, rights, 'run_setting', 'name')
    return { settings, metrics: await namesIn(em, rights, 'metric_summary', 'metric') }
  }
}

/** From each name to the next by an index: `distinct` would read every row of every run. */
async function namesIn(em: EntityManager, rights: Rights, table: string, column: string): Promise<string[]> {
  const seen = visible(rights)
  const sql = `with recursive names(name) as (
      select min(${column}) from ${table}
      union all select (select min(${column}) from ${table} where ${column} > names.name) from names where names.name is not null
    )
    select names.name as name from names where names.name is not null and exists (
      select 1 from ${table} o join run on run.id = o.run_id where o.${column} = names.name and ${seen.sql}
    ) order by names.name limit ?`
  const found = await rows<{ name: string }>(em, sql, [...seen.values, MOST_NAMES])
  return found.map(({ name }) => name)
}
