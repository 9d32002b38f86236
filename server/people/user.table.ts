// Who may sign in.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const UserTable = defineEntity({
  name: 'User',
  tableName: 'user',
  properties: {
    id: p.integer().primary().autoincrement(),
    name: p.string(),
    createdAt: p.datetime(),
  },
})
export type User = InferEntity<typeof UserTable>
