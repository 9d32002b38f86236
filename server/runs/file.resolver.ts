// The files that a run leaves, as its log names them.
import type { RunFile as FileOfRun } from '@cellboard/schema/events'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { readStretches } from '../events/log.js'
import type { Context } from '../graphql/context.js'
import { batched } from '../store/batched.js'
import type { EntityManager } from '../store/orm.js'
import { runId } from './run-id.js'
import type { RunRow } from './run.table.js'
import { Run, RunFile } from './run.type.js'

/** What a run has written, whole; nothing before. */
export const filesOf: (em: EntityManager, run: Pick<RunRow, 'id'>) => Promise<readonly FileOfRun[]> = batched(
  async (em, runs) => {
    const whole = runs.map(({ id }) => ({ runId: id, after: 0, upTo: Number.MAX_SAFE_INTEGER }))
    const logs = await readStretches(em, whole, ['files-written'])
    return logs.map(([entry]) => (entry?.event.type === 'files-written' ? entry.event.files : []))
  },
)

const urlOf = (run: RunRow, name: string) => `/files/${runId(run)}/${name.split('/').map(encodeURIComponent).join('/')}`

@Resolver(() => Run)
export class FileResolver {
  @FieldResolver(() => [RunFile], { description: 'What the run hands out; empty until all of it is written.' })
  async files(@Root() run: RunRow, @Ctx() { em }: Context): Promise<RunFile[]> {
    return (await filesOf(em, run)).map((file) => ({ ...file, url: urlOf(run, file.name) }))
  }
}
