// One server a database, as claim-store.ts has it for a folder: PostgreSQL's own lock, which it gives back when its holder is gone.
import { StartError } from '../config.js'
import { addressOf } from './postgres-form.js'
import type { Release } from './process-lock.js'

/** "cellboard" in the numbers of letters: other programs' locks in the same database are not these. */
const LOCK = 3_051_212_150
const AGAIN_MS = 1_000

/**
 * Where the connection is lost the lock is taken again once PostgreSQL is back; `lost` is called where somebody else was faster.
 * @throws StartError where another server has this database, or it does not answer
 */
export async function claimDatabase(database: URL, lost: () => void): Promise<Release> {
  const { Client } = (await import('pg')).default
  let released = false
  let client: InstanceType<typeof Client>

  const take = async (): Promise<boolean> => {
    client = new Client({ connectionString: database.href, application_name: 'cellboard: claim', keepAlive: true })
    client.on('error', () => {}) // what ends it is told by 'end' too
    await client.connect()
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK])
    if (rows[0]!.taken) client.once('end', () => void takeAgain())
    else await client.end()
    return rows[0]!.taken
  }
  const takeAgain = async (): Promise<void> => {
    while (!released) {
      try {
        return (await take()) ? undefined : lost()
      } catch {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    }
  }

  const taken = await take().catch((error: Error) => {
    throw new StartError(
      `Expected PostgreSQL at ${addressOf(database)}, as CELLBOARD_DATABASE says, but: ${error.message}`,
    )
  })
  if (!taken)
    throw new StartError(
      `Another Cellboard server already uses the database ${addressOf(database)}. Use that one, stop it first, or set CELLBOARD_DATABASE to another database.`,
    )
  return () => {
    released = true
    void client.end()
  }
}
