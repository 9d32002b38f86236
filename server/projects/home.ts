// Where a run goes that is asked for: the project that was named, or else the viewer's oldest, a private one before a public one.
import { conflict, notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { keyIn } from '../permissions/located.js'
import type { RunRow } from '../runs/run.table.js'

export type Home = Pick<RunRow, 'projectId' | 'createdBy'>

/** @throws NOT_FOUND for a project that is not seen; CONFLICT where none was named and the viewer may start runs nowhere */
export function homeOf(
  { asker, rights, noted }: Pick<Context, 'asker' | 'rights' | 'noted'>,
  project: string | null,
): Home {
  const named = project === null ? null : keyIn('project', project)
  const allowed = rights.projects.filter((id) => rights.mayInProject(id, 'member'))
  const projectId = project === null ? allowed[0] : allowed.find((id) => id === named)
  if (projectId !== undefined) {
    noted.teamId = rights.teamOfProject(projectId)
    return { projectId, createdBy: asker.user?.id ?? null }
  }
  if (project !== null) throw notFound('a project', project)
  throw conflict(
    'Expected a project in which you may start runs, but there is none. Ask an owner of your team for the role of a member.',
  )
}
