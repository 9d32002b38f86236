// A query whose time is over reads nothing more; writes, and whatever else goes on, are left alone.
import { expect, test } from 'vitest'
import { openForTest } from '../store/open-for-test.js'
import { rows } from '../store/orm.js'
import { UserTable } from '../people/user.table.js'
import { Deadline, inScope, newScope, stopReadsAfterDeadline, type Scope } from './scope.js'

test('after its deadline the store refuses the reads of a query, within a transaction too, and of nobody else', async () => {
  const store = await openForTest()
  stopReadsAfterDeadline(store)
  let now = 0
  const scope: Scope = { ...newScope(), deadline: new Deadline(100, () => now), stopsReads: true }
  const read = (em = store.em.fork()) => em.count(UserTable)
  expect(await inScope(scope, read)).toBe(0)
  now = 101
  await expect(inScope(scope, read)).rejects.toThrow('within 100 ms')
  await expect(inScope(scope, () => rows(store.em.fork(), 'select 1'))).rejects.toThrow('within 100 ms')
  await expect(inScope(scope, () => store.em.fork().transactional(read))).rejects.toThrow('within 100 ms')
  await inScope(scope, () => store.em.fork().insert(UserTable, { name: 'a', createdAt: new Date() }))
  expect(await read()).toBe(1)
  expect(await inScope({ ...scope, stopsReads: false }, read)).toBe(1)
})
