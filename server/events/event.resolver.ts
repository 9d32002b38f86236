// The log of a run, page by page, and the feed that goes on where a client left off.
import { Arg, Ctx, FieldResolver, Float, ID, Int, Resolver, Root, Subscription } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { checkLength, checkSize } from '../graphql/paging.js'
import { findRun, runId } from '../runs/run-id.js'
import type { RunRow } from '../runs/run.table.js'
import { progressOf, Run } from '../runs/run.type.js'
import { EventConnection, FeedFrame, LogLineConnection, type LoggedEvent, RunCursorInput } from './event.type.js'
import { follow, type Frame } from './feed.js'
import { readEvents, type LogEntry } from './log.js'

interface FeedArgs {
  runs: string[]
  after?: RunCursorInput[] | null
  metrics?: string[] | null
}

const MOST_RUNS = 50
const MOST_METRICS = 100

const shown = (run: RunRow, { number, time, event }: LogEntry): LoggedEvent => ({
  run: runId(run),
  number,
  time,
  type: event.type,
  data: event,
})

@Resolver(() => Run)
export class EventResolver {
  @FieldResolver(() => EventConnection, { description: 'Its log, in order.' })
  async events(
    @Root() run: RunRow,
    @Arg('first', () => Int, { nullable: true, defaultValue: 100, description: 'Entries at most.' })
    first: number | null,
    @Arg('after', () => Float, { nullable: true, description: 'A cursor to go on after.' }) after: number | null,
    @Ctx() { em }: Context,
  ): Promise<EventConnection> {
    const size = checkSize('first', first ?? 100, 1000)
    const log = await readEvents(em, run.id, { after: after ?? 0, upTo: run.lastNumber, limit: size + 1 })
    const edges = log.slice(0, size).map((entry) => ({ cursor: entry.number, node: shown(run, entry) }))
    return { edges, pageInfo: { hasNextPage: log.length > size, endCursor: edges.at(-1)?.cursor ?? null } }
  }

  @FieldResolver(() => LogLineConnection, { description: 'What it wrote for people to read, in order.' })
  async logLines(
    @Root() run: RunRow,
    @Arg('first', () => Int, { nullable: true, defaultValue: 100, description: 'Lines at most: 1 to 1,000.' })
    first: number | null,
    @Arg('after', () => Float, { nullable: true, description: 'A number to go on after.' }) after: number | null,
    @Ctx() { em }: Context,
  ): Promise<LogLineConnection> {
    const size = checkSize('first', first ?? 100, 1000)
    const range = { after: after ?? 0, upTo: run.lastNumber, limit: size + 1, types: ['log-line' as const] }
    const log = await readEvents(em, run.id, range)
    const edges = log.slice(0, size).flatMap(({ number, time, event }) => {
      if (event.type !== 'log-line') return []
      return [{ cursor: number, node: { number, time, level: event.level, text: event.text } }]
    })
    return { edges, pageInfo: { hasNextPage: log.length > size, endCursor: edges.at(-1)?.cursor ?? null } }
  }

  @Subscription(() => FeedFrame, {
    description:
      'All that happens in these runs after a cursor: events and points, in order, without gap or repeat, at most 10 frames a second.',
    subscribe: async ({ args, context }: { args: unknown; context: Context }) => {
      const { runs, after, metrics } = args as FeedArgs
      checkLength('runs', runs, MOST_RUNS)
      checkLength('after', after ?? [], MOST_RUNS)
      checkLength('metrics', metrics ?? [], MOST_METRICS)
      const cursors = new Map<number, number>()
      for (const id of runs) {
        const cursor = after?.find((one) => one.run === id)
        cursors.set((await findRun(context, id)).id, cursor?.number ?? 0)
      }
      return follow(context.house, cursors, metrics ?? null)
    },
  })
  runFeed(
    @Root() frame: Frame,
    @Arg('runs', () => [ID], { description: 'At most 50 runs.' }) _runs: string[],
    @Arg('after', () => [RunCursorInput], {
      nullable: true,
      description: 'Where to go on; from the beginning for runs that are not named.',
    })
    _after: RunCursorInput[] | null,
    @Arg('metrics', () => [String], {
      nullable: true,
      description: 'Points of these metrics only; of all when absent, of none when empty. At most 100.',
    })
    _metrics: string[] | null,
  ): FeedFrame {
    return {
      cursors: frame.cursors.map(({ run, number }) => ({ run: runId(run), number })),
      events: frame.events.map(({ run, entry }) => shown(run, entry)),
      points: frame.points.map(({ run, columns }) => ({ run: runId(run), ...columns })),
      progress: frame.moved.map((run) => ({ run: runId(run), progress: progressOf(run) })),
    }
  }
}
