// The hashes under which the server knows what this dashboard asks; none where the page was not built.
import { Kind, type DocumentNode } from 'graphql'

/** Filled in by the build (vite.config.ts), by the operation's name. */
declare const OPERATION_HASHES: Readonly<Record<string, string>> | undefined

const HASHES = typeof OPERATION_HASHES === 'undefined' ? {} : OPERATION_HASHES

/** Null for an operation that the build did not see. */
export function hashOfOperation({ definitions }: DocumentNode): string | null {
  for (const one of definitions)
    if (one.kind === Kind.OPERATION_DEFINITION && one.name) return HASHES[one.name.value] ?? null
  return null
}
