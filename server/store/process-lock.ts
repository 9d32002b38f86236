// A lock that the operating system gives back by itself when its holder dies, even by kill -9: an SQLite file in an exclusive
// transaction. Node has no file locks of its own, and a file with a process id in it goes stale.
import Database from 'libsql'

/** Releases the lock. */
export type Release = () => void

/** Takes the lock, or gives null where another process has it. */
export function takeLock(file: string): Release | null {
  const database = new Database(file, { timeout: 0 })
  try {
    database.exec('begin exclusive')
  } catch (error) {
    database.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return null
    throw error
  }
  return () => database.close()
}

/** Takes the lock as soon as whoever has it lets go. */
export async function waitForLock(file: string): Promise<Release> {
  for (;;) {
    const release = takeLock(file)
    if (release) return release
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
