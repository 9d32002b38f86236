// No row of the store is handed out that its asker may not see, whichever field it comes from: what they may not see is not there.
import type { Context } from '../graphql/context.js'
import { entityOf } from '../store/orm.js'

type Asked = Pick<Context, 'rights' | 'asker'>
type Look = (asked: Asked, row: never) => boolean

/** By the name of the row's table entity. A row that is not named here is never handed out. */
const LOOKS: Readonly<Record<string, Look>> = {
  Run: ({ rights }, run: Parameters<Asked['rights']['seesRun']>[0]) => rights.seesRun(run),
  RunGroup: ({ rights }, group: Parameters<Asked['rights']['seesGroup']>[0]) => rights.seesGroup(group),
  Study: ({ rights }, study: Parameters<Asked['rights']['seesStudy']>[0]) => rights.seesStudy(study),
  Board: ({ rights }, board: Parameters<Asked['rights']['seesBoard']>[0]) => rights.seesBoard(board),
  Project: ({ rights }, { id }: { id: number }) => rights.seesProject(id),
  Team: ({ rights }, { id }: { id: number }) => rights.seesTeam(id),
  Membership: ({ rights }, { teamId }: { teamId: number }) => rights.teams.has(teamId),
  Invitation: ({ rights }, { teamId }: { teamId: number }) => rights.mayInTeam(teamId, 'owner'),
  ShareLink: ({ rights }, { teamId }: { teamId: number }) => rights.mayInTeam(teamId, 'maintainer'),
  AuditEntry: ({ rights }, { teamId }: { teamId: number }) => rights.mayInTeam(teamId, 'owner'),
}

export function isSeen(asked: Asked, value: unknown): boolean {
  const entity = entityOf(value)
  if (entity === null) return true
  const look = LOOKS[entity] as ((asked: Asked, row: unknown) => boolean) | undefined
  return look?.(asked, value) ?? false
}
