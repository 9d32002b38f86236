// Pages of a list from either end: how many at most, and cursors that say after or before which entry to go on.
import type { EntityName, FilterQuery } from '@mikro-orm/core'
import { ArgsType, Field, Int, ObjectType } from 'type-graphql'
import { badField, badInput } from '../errors.js'
import type { EntityManager } from '../store/orm.js'

@ObjectType({ description: 'What lies around a page of a list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more comes after it.' })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether there is more before it.' })
  hasPreviousPage!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Of its first entry: to go back before. Null for an empty page.',
  })
  startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'Of its last entry: to go on after. Null for an empty page.' })
  endCursor!: string | null
}

/** @throws BAD_USER_INPUT where a size is not from 1 to `most`. */
export function checkSize(path: string, size: number, most: number): number {
  if (Number.isInteger(size) && size >= 1 && size <= most) return size
  throw badField(path, `Expected ${path} to be from 1 to ${most}, but received ${size}.`)
}

/** @throws BAD_USER_INPUT where a list has more than `most` entries. */
export function checkLength(path: string, list: readonly unknown[], most: number): void {
  if (list.length <= most) return
  throw badField(path, `Expected at most ${most} entries in ${path}, but received ${list.length}.`)
}

export const cursorOf = (key: number): string => Buffer.from(`after:${key}`).toString('base64url')

/** @throws BAD_USER_INPUT where a cursor was not given out by `cursorOf`. */
function readCursor(cursor: string, path: string): number {
  const key = /^after:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (key) return Number(key)
  throw badField(path, `Expected a cursor that this server gave out, but received "${cursor}".`)
}

const MOST = 200

/** What every list takes; null and undefined stand for what is left out. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: 'Entries at most from the front: 1 to 200; 50 when absent.' })
  first?: number | null

  @Field(() => String, { nullable: true, description: 'A cursor of this list to go on after.' })
  after?: string | null

  @Field(() => Int, { nullable: true, description: 'Entries at most from the back: 1 to 200.' })
  last?: number | null

  @Field(() => String, { nullable: true, description: 'A cursor of this list to go back before.' })
  before?: string | null
}

/** From which end a page is read, how many entries it has at most, and beyond which cursor. */
export interface Reading {
  readonly isBackward: boolean
  readonly size: number
  readonly cursor: string | null
}

/** @throws BAD_USER_INPUT where a page is asked for from both ends, or is too large. */
export function readPageArgs({ first, after, last, before }: PageArgs): Reading {
  const isBackward = last != null
  if (isBackward ? first != null || after != null : before != null)
    throw badInput('Expected first with after, or last with before, but received some of both.')
  return isBackward
    ? { isBackward, size: checkSize('last', last, MOST), cursor: before ?? null }
    : { isBackward, size: checkSize('first', first ?? 50, MOST), cursor: after ?? null }
}

/** The same, for lists whose cursors hold one key. */
export function readKeyedArgs(args: PageArgs): Reading & { readonly key: number | null } {
  const reading = readPageArgs(args)
  const { cursor, isBackward } = reading
  return { ...reading, key: cursor === null ? null : readCursor(cursor, isBackward ? 'before' : 'after') }
}

/** How to read on in a list whose newest entries come first: where a key stands to `edge` beyond it, and in which order. */
export const newestFirst = ({ isBackward, key }: { readonly isBackward: boolean; readonly key: number | null }) =>
  isBackward
    ? ({ beyond: '>', edge: key ?? -1, way: 'asc' } as const)
    : ({ beyond: '<', edge: key ?? Number.MAX_SAFE_INTEGER, way: 'desc' } as const)

/** A page of entries that were read from its end, one more than it holds where there is more beyond. */
export function pageOf<Node>(
  found: readonly Node[],
  { isBackward, size, cursor }: Reading,
  cursorOfNode: (node: Node) => string,
): { edges: { cursor: string; node: Node }[]; pageInfo: PageInfo } {
  const edges = found.slice(0, size).map((node) => ({ cursor: cursorOfNode(node), node }))
  if (isBackward) edges.reverse()
  const [isMore, isAround] = [found.length > size, cursor !== null]
  const pageInfo = {
    hasNextPage: isBackward ? isAround : isMore,
    hasPreviousPage: isBackward ? isMore : isAround,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
  return { edges, pageInfo }
}

/** A page of a table, the newest first, with how many rows there are in all. */
export async function readPage<Row extends { id: number }>(
  em: EntityManager,
  table: EntityName<Row>,
  wanted: FilterQuery<Row>,
  args: PageArgs,
) {
  const reading = readKeyedArgs(args)
  const { isBackward, size, key } = reading
  const beyond = { id: isBackward ? { $gt: key } : { $lt: key } }
  const page = (key === null ? wanted : { $and: [wanted, beyond] }) as FilterQuery<Row>
  const orderBy = { id: isBackward ? 'asc' : 'desc' } as never
  const found = (await em.find(table, page, { orderBy, limit: size + 1 })) as Row[]
  return { ...pageOf(found, reading, ({ id }) => cursorOf(id)), totalCount: await em.count(table, wanted) }
}
