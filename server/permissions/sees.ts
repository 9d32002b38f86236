// No row of the store is handed out that its asker may not see, whichever field it comes from: what they may not see is not there.
import { helper } from '@mikro-orm/core'
import type { Context } from '../graphql/context.js'

type Asked = Pick<Context, 'rights' | 'asker'>
type Look = (asked: Asked, row: never) => boolean

/** By the name of the row's table entity. A row that is not named here is never handed out. */
const LOOKS: Readonly<Record<string, Look>> = {
  Run: ({ rights }, run: Parameters<Asked['rights']['seesRun']>[0]) => rights.seesRun(run),
  RunGroup: ({ rights }, group: Parameters<Asked['rights']['seesGroup']>[0]) => rights.seesGroup(group),
  Study: ({ rights }, study: Parameters<Asked['rights']['seesStudy']>[0]) => rights.seesStudy(study),
  Project: ({ rights }, { id }: { id: number }) => rights.seesProject(id),
  Team: ({ rights }, { id }: { id: number }) => rights.seesTeam(id),
}

/** The entity's name of a row of the store; null for any other value. */
export function entityOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('__helper' in value)) return null
  return helper(value).__meta.className
}

export function isSeen(asked: Asked, value: unknown): boolean {
  const entity = entityOf(value)
  if (entity === null) return true
  const look = LOOKS[entity] as ((asked: Asked, row: unknown) => boolean) | undefined
  return look?.(asked, value) ?? false
}
