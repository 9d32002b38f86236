// What the log tells of a mistake: where it happened, and none of the values that were at work there.
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { openLog } from './log.js'
import { openForTest } from './store/open-for-test.js'
import { rows } from './store/orm.js'

/** What is written when something goes wrong. */
async function written(wrong: () => Promise<unknown>): Promise<{ text: string; err: Record<string, string> }> {
  let text = ''
  const log = openLog('trace', { write: (line) => (text += line) })
  await wrong().then(
    () => expect.unreachable('it should have gone wrong'),
    (error: unknown) => log.error({ err: error }, 'A mistake.'),
  )
  return { text, ...(JSON.parse(text) as { err: Record<string, string> }) }
}

test('a statement that fails is told without its values', async () => {
  const { em } = await openForTest()
  const { text, err } = await written(() =>
    rows(em.fork(), 'select * from no_such_table where name = ? or name = ?', ["a secret's hash", 'another one']),
  )
  expect(text).not.toMatch(/secret|another/)
  expect(err.message).toContain("select * from no_such_table where name = '...' or name = '...'")
  expect(err.stack).toMatch(/^SqliteError: .*\n +at /)
})

test('of an error only what helps to find it is told', async () => {
  const wrong = Object.assign(new Error('it broke', { cause: new GraphQLError("it's so") }), {
    response: { headers: { authorization: 'Bearer secret' } },
    code: 'E_BROKE',
  })
  const { text, err } = await written(() => Promise.reject(wrong))
  expect(Object.keys(err).sort()).toEqual(['code', 'message', 'stack', 'type'])
  expect(err.message).toContain("it's so")
  expect(text).not.toContain('Bearer')
})
