// What lists ask for of each of their runs, read for all of them at once.
import DataLoader from 'dataloader'
import { ArchitectureTable, type ArchitectureRow } from '../architectures/architecture.table.js'
import { MetricSummaryTable, type MetricSummaryRow } from '../metrics/metric.table.js'
import { ProjectTable, type ProjectRow } from '../projects/project.table.js'
import { RunGroupTable, type RunGroupRow } from '../runs/group.table.js'
import { RunTagTable } from '../runs/run-index.table.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import { TeamTable, type TeamRow } from '../teams/team.table.js'
import { UserTable, type User } from '../people/user.table.js'
import type { EntityManager } from '../store/orm.js'

export interface Loaders {
  readonly run: DataLoader<number, RunRow | null>
  readonly group: DataLoader<number, RunGroupRow | null>
  readonly project: DataLoader<number, ProjectRow | null>
  readonly team: DataLoader<number, TeamRow | null>
  readonly user: DataLoader<number, User | null>
  /** By its hash. */
  readonly architecture: DataLoader<string, ArchitectureRow | null>
  /** Of a run, by name. */
  readonly summaries: DataLoader<number, readonly MetricSummaryRow[]>
  /** Of a run, in order. */
  readonly tags: DataLoader<number, readonly string[]>
  /** Of a group, in the order in which they were queued; without those in the bin. */
  readonly runsOfGroup: DataLoader<number, readonly RunRow[]>
  /** Of a search, the newest first; without those in the bin. */
  readonly trainingsOfSearch: DataLoader<number, readonly RunRow[]>
}

/** One set a request: nothing is kept for the next. */
export function newLoaders(em: EntityManager): Loaders {
  return {
    run: byKey((ids) => em.find(RunTable, { id: { $in: ids } })),
    group: byKey((ids) => em.find(RunGroupTable, { id: { $in: ids } })),
    project: byKey((ids) => em.find(ProjectTable, { id: { $in: ids } })),
    team: byKey((ids) => em.find(TeamTable, { id: { $in: ids } })),
    user: byKey((ids) => em.find(UserTable, { id: { $in: ids } })),
    architecture: new DataLoader(async (hashes) => {
      const found = await em.find(ArchitectureTable, { hash: { $in: [...hashes] } })
      return hashes.map((hash) => found.find((row) => row.hash === hash) ?? null)
    }),
    summaries: byRun(
      (ids) =>
        em.find(MetricSummaryTable, { runId: { $in: ids } }, { disableIdentityMap: true, orderBy: { metric: 'asc' } }),
      (row) => row.runId,
      (row) => row,
    ),
    tags: byRun(
      (ids) => em.find(RunTagTable, { runId: { $in: ids } }, { disableIdentityMap: true, orderBy: { tag: 'asc' } }),
      (row) => row.runId,
      (row) => row.tag,
    ),
    runsOfGroup: byRun(
      (ids) => em.find(RunTable, { groupId: { $in: ids }, trashedAt: null }, { orderBy: { id: 'asc' } }),
      (row) => row.groupId!,
      (row) => row,
    ),
    trainingsOfSearch: byRun(
      (ids) => em.find(RunTable, { searchId: { $in: ids }, trashedAt: null }, { orderBy: { id: 'desc' } }),
      (row) => row.searchId!,
      (row) => row,
    ),
  }
}

const byKey = <Row extends { id: number }>(read: (ids: number[]) => Promise<Row[]>) =>
  new DataLoader<number, Row | null>(async (ids) => {
    const found = new Map((await read([...ids])).map((row) => [row.id, row]))
    return ids.map((id) => found.get(id) ?? null)
  })

const byRun = <Row, Value>(
  read: (ids: number[]) => Promise<Row[]>,
  keyOf: (row: Row) => number,
  valueOf: (row: Row) => Value,
) =>
  new DataLoader<number, readonly Value[]>(async (ids) => {
    const found = new Map<number, Value[]>(ids.map((id) => [id, []]))
    for (const row of await read([...ids])) found.get(keyOf(row))?.push(valueOf(row))
    return ids.map((id) => found.get(id)!)
  })
