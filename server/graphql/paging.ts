// Pages of a list: how many at most, and cursors that say after which entry to go on.
import type { EntityName, FilterQuery } from '@mikro-orm/core'
import { Field, ObjectType } from 'type-graphql'
import { badInput } from '../errors.js'
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
  const message = `Expected ${path} to be from 1 to ${most}, but received ${size}.`
  throw badInput(message, [{ path, message }])
}

/** @throws BAD_USER_INPUT where a list has more than `most` entries. */
export function checkLength(path: string, list: readonly unknown[], most: number): void {
  if (list.length <= most) return
  const message = `Expected at most ${most} entries in ${path}, but received ${list.length}.`
  throw badInput(message, [{ path, message }])
}

export const cursorOf = (key: number): string => Buffer.from(`after:${key}`).toString('base64url')

/** @throws BAD_USER_INPUT where a cursor was not given out by `cursorOf`. */
export function readCursor(cursor: string): number {
  const key = /^after:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (key) return Number(key)
  const message = `Expected a cursor that this server gave out, but received "${cursor}".`
  throw badInput(message, [{ path: 'after', message }])
}

/** Of the entries of a page. */
export const pageInfoOf = (
  edges: readonly { readonly cursor: string }[],
  around: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean },
): PageInfo => ({ ...around, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null })

/** Of a page; null stands for what is left out. */
export interface PageArgs {
  readonly first: number | null
  readonly after: string | null
}

/** A page of a table, the newest first, with how many rows there are in all. */
export async function readPage<Row extends { id: number }>(
  em: EntityManager,
  table: EntityName<Row>,
  wanted: FilterQuery<Row>,
  { first, after }: PageArgs,
) {
  const size = checkSize('first', first ?? 50, 200)
  const page = after ? ({ $and: [wanted, { id: { $lt: readCursor(after) } }] } as FilterQuery<Row>) : wanted
  const found = (await em.find(table, page, { orderBy: { id: 'desc' } as never, limit: size + 1 })) as Row[]
  const edges = found.slice(0, size).map((node) => ({ cursor: cursorOf(node.id), node }))
  return {
    edges,
    pageInfo: pageInfoOf(edges, { hasNextPage: found.length > size, hasPreviousPage: after != null }),
    totalCount: await em.count(table, wanted),
  }
}
