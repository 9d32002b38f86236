// The columns that somebody chose last, kept by this browser; an address that names some goes before them.
import { columnOf } from './column.js'

const KEY = 'cellboard-run-columns'

/** Null where none were chosen. */
export function rememberedColumns(): readonly string[] | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return Array.isArray(kept)
      ? kept.filter((key): key is string => typeof key === 'string' && columnOf(key) !== null)
      : null
  } catch {
    return null // storage is shut to this page, or holds something else
  }
}

export function rememberColumns(keys: readonly string[] | null): void {
  try {
    if (keys) localStorage.setItem(KEY, JSON.stringify(keys))
    else localStorage.removeItem(KEY)
  } catch {
    // They are chosen again the next time.
  }
}
