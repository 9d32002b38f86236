// The files that a run leaves, as its log names them.
import type { RunFile as FileOfRun } from '@cellboard/schema/events'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { readEvents } from '../events/log.js'
import type { Context } from '../graphql/context.js'
import type { EntityManager } from '../store/orm.js'
import { runId } from './run-id.js'
import type { RunRow } from './run.table.js'
import { Run, RunFile } from './run.type.js'

/** What a run has written, whole; nothing before. */
export async function filesOf(em: EntityManager, run: Pick<RunRow, 'id'>): Promise<readonly FileOfRun[]> {
  const [entry] = await readEvents(em, run.id, { after: 0, types: ['files-written'], limit: 1 })
  return entry?.event.type === 'files-written' ? entry.event.files : []
}

const urlOf = (run: RunRow, name: string) => `/files/${runId(run)}/${name.split('/').map(encodeURIComponent).join('/')}`

@Resolver(() => Run)
export class FileResolver {
  @FieldResolver(() => [RunFile], { description: 'What the run hands out; empty until all of it is written.' })
  async files(@Root() run: RunRow, @Ctx() { em }: Context): Promise<RunFile[]> {
    return (await filesOf(em, run)).map((file) => ({ ...file, url: urlOf(run, file.name) }))
  }
}
