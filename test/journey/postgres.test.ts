// What only PostgreSQL as the store shows: who else may use the database, what outlives a killed server and a killed PostgreSQL, and
// two processes that write at once. On SQLite there is nothing to see here.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, inject, test } from 'vitest'
import { databaseForTest } from '@cellboard/server/database-for-test'
import { closeStore, openStore, rows } from '@cellboard/server/store'
import { newHome, startWithFakeEngine, tryStart } from '../kit/server.js'

const start = `mutation { startSearch(input: { dataset: "digits" }) { id } }`

async function newDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const { url, drop } = (await databaseForTest())!
  return { url: url.href, drop }
}

describe.runIf(inject('postgres'))('on PostgreSQL', () => {
  test('a second server is refused by name of the database, and let in once the first is gone', async () => {
    const { url, drop } = await newDatabase()
    const env = { CELLBOARD_DATABASE: url }
    const first = await startWithFakeEngine({ env })
    const refused = await tryStart({ env, home: newHome() })
    expect(refused).toMatchObject({
      code: 1,
      said: expect.stringContaining('Another Cellboard server already uses the database') as string,
    })
    await first.kill()
    await expect
      .poll(async () => {
        const second = await tryStart({ env, home: newHome() })
        return 'said' in second ? second.said : second.stop()
      })
      .toBe(0)
    await drop()
  })

  test('a database that does not answer is told in a sentence, without its password', async () => {
    const refused = await tryStart({ env: { CELLBOARD_DATABASE: 'postgres://me:pass-word@127.0.0.1:1/nowhere' } })
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('127.0.0.1:1/nowhere') as string })
    expect((refused as { said: string }).said).not.toContain('pass-word')
  })

  test('what was acknowledged is there after kill -9 of the server', async () => {
    const home = newHome()
    const first = await startWithFakeEngine({ home, env: { CELLBOARD_RUNNERS: '0' } })
    const client = await first.signIn()
    const { startSearch } = await client.ask<{ startSearch: { id: string } }>(start)
    await first.kill()
    const second = await startWithFakeEngine({ home, env: { CELLBOARD_RUNNERS: '0' } })
    const again = await second.signIn()
    expect(await again.ask(`query ($id: ID!) { run(id: $id) { id state } }`, { id: startSearch.id })).toMatchObject({
      run: { id: startSearch.id, state: 'QUEUED' },
    })
  })

  test('of two processes that write at once, nothing is lost and nothing twice', async () => {
    const { url, drop } = await newDatabase()
    const store = await openStore('', new URL(url))
    const script = new URL('../dist/kit/write-much.js', import.meta.url).pathname.replace('/dist/dist/', '/dist/')
    const writers = [1, 2].map((writer) => fork(script, [url, String(writer), '200']))
    expect(await Promise.all(writers.map((writer) => once(writer, 'close')))).toEqual([
      [0, null],
      [0, null],
    ])
    const em = store.em.fork()
    expect(await rows(em, 'select run_id, count(*) as n from event group by run_id order by run_id')).toEqual([
      { run_id: 1, n: 200 },
      { run_id: 2, n: 200 },
    ])
    expect(await rows(em, 'select count as n from board_stretch')).toEqual([{ n: 400 }])
    await closeStore(store)
    await drop()
  })

  test('an older server does not start on a newer form', async () => {
    const { url, drop } = await newDatabase()
    const store = await openStore('', new URL(url))
    await rows(store.em.fork(), 'alter table run add column of_tomorrow text')
    await closeStore(store)
    await expect(openStore('', new URL(url))).rejects.toThrow('it has another form')
    await drop()
  })

  test('texts are ordered by their bytes', async () => {
    const { url, drop } = await newDatabase()
    const store = await openStore('', new URL(url))
    const em = store.em.fork()
    for (const name of ['b', 'B', 'a', 'é', 'Z', '_'])
      await rows(em, 'insert into run_tag (run_id, tag) values (1, ?)', [name])
    const found = await rows<{ tag: string }>(em, 'select tag from run_tag order by tag')
    expect(found.map(({ tag }) => tag).join('')).toBe('BZ_abé')
    await expect(rows(em, "update audit_entry set action = ''")).resolves.toEqual([])
    await closeStore(store)
    await drop()
  })
})
