// Users by their keys, many at a time.
import type { EntityManager } from '../store/orm.js'
import { shownUser } from './shown.js'
import { UserTable } from './user.table.js'
import type { User } from './viewer.type.js'

/** Those that there are, as the API shows them. */
export async function usersByKey(em: EntityManager, keys: readonly number[]): Promise<Map<number, User>> {
  const found = keys.length === 0 ? [] : await em.find(UserTable, { id: { $in: [...new Set(keys)] } })
  return new Map(found.map((user) => [user.id, shownUser(user)]))
}
