// Tells a full disk from other failures to write, whichever layer reports it.

/** Whether a write failed because there is no room left: Node's ENOSPC, or the database's own words for it. */
export function isDiskFull(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  return (
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    code === '53100' ||
    /SQLITE_FULL|database or disk is full|ENOSPC/.test(`${code} ${message}`)
  )
}
