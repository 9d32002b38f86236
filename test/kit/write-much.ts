// A process that writes to a store beside others: events of a run of its own, and a count that all of them raise.
import { closeStore, insertRows, openStore, rows } from '@cellboard/server/store'

const [url, writer, times] = process.argv.slice(2)
const store = await openStore('', new URL(url!))
for (let i = 1; i <= Number(times); i++)
  await store.em.fork().transactional(async (em) => {
    await insertRows(
      em,
      'event',
      ['run_id', 'number', 'time', 'type', 'key', 'data'],
      [[Number(writer), i, Date.now(), 'log-line', null, '{}']],
    )
    const raise = `insert into board_stretch (board_id, low, count) values (1, '', 1)
      on conflict (board_id, low) do update set count = board_stretch.count + 1`
    await rows(em, raise)
  })
await closeStore(store)
