// What is entered into a board: which finished runs it stands for, whose it is, and why it is refused.
import type { BoardRules, BoardSubject } from '@cellboard/schema/board-rules'
import { isEnded } from '@cellboard/schema/run-state'
import { parseArchitectureId } from '../architectures/architecture-id.js'
import { badInput, conflict, forbidden, notFound } from '../errors.js'
import type { Rights } from '../people/rights.js'
import { keyIn } from '../permissions/located.js'
import { ProjectTable } from '../projects/project.table.js'
import { parseGroupId } from '../runs/group-id.js'
import { RunGroupTable } from '../runs/group.table.js'
import { parseRunId } from '../runs/run-id.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import type { EntityManager } from '../store/orm.js'
import { StudyGroupTable, StudyTable } from '../studies/study.table.js'

/** Means over more runs than this are refused: nobody trains so many seeds of one thing. */
const MOST_RUNS = 500

export interface Entered {
  readonly title: string
  readonly teamId: number
  /** All of them finished. */
  readonly runs: readonly RunRow[]
}

/** Who asks: null for the board's own rule, which may enter whatever lies in its project. */
type Asking = Pick<Rights, 'seesProject' | 'mayInProject' | 'mayInTeam' | 'teamOfProject'> | null

interface Wanted {
  /** Global id. */
  readonly subject: string
  /** For an architecture, which belongs to nobody: the team whose trainings of it count. */
  readonly teamId: number | null
}

const KINDS: readonly [BoardSubject, (id: string) => boolean][] = [
  ['run', (id) => parseRunId(id) !== null],
  ['group', (id) => parseGroupId(id) !== null],
  ['architecture', (id) => parseArchitectureId(id) !== null],
  ['study', (id) => keyIn('study', id) !== null],
]

/**
 * @throws BAD_USER_INPUT for another kind of thing than the rules name, or too few seeds; NOT_FOUND for what is not seen; FORBIDDEN where
 *   one may not speak for its team; CONFLICT for what has not finished. Each quotes its rule.
 */
export async function readSubject(
  em: EntityManager,
  rules: BoardRules,
  asking: Asking,
  wanted: Wanted,
): Promise<Entered> {
  const kind = KINDS.find(([, is]) => is(wanted.subject))?.[0]
  if (kind === undefined) throw notFound('something that can be entered', wanted.subject)
  if (kind !== rules.subject)
    throw badInput(`The rules take ${NAMES[rules.subject]}, but received ${NAMES[kind]}, "${wanted.subject}".`)
  const entered = await READS[kind](em, wanted, asking)
  const { runs } = entered
  if (runs.length < rules.minSeeds)
    throw badInput(
      `The rules ask for at least ${rules.minSeeds} finished ${rules.minSeeds === 1 ? 'seed' : 'seeds'}, but received ${runs.length}.`,
    )
  if (runs.length > MOST_RUNS)
    throw badInput(`Expected at most ${MOST_RUNS} runs in an entry, but received ${runs.length}.`)
  return entered
}

const NAMES: Readonly<Record<BoardSubject, string>> = {
  run: 'a run',
  group: 'a group of runs',
  architecture: 'an architecture',
  study: 'a study',
}

type Read = (em: EntityManager, wanted: Wanted, asking: Asking) => Promise<Entered>

const READS: Readonly<Record<BoardSubject, Read>> = {
  run: async (em, { subject }, asking) => {
    const run = await em.findOne(RunTable, { ...parseRunId(subject)! })
    const teamId = await teamOf(em, run, { subject, asking })
    if (run!.state !== 'FINISHED')
      throw conflict(`The rules take finished runs, but "${run!.name}" is ${run!.state.toLowerCase()}.`)
    refuseBin(run!)
    return { title: run!.name, teamId, runs: [run!] }
  },
  group: async (em, { subject }, asking) => {
    const group = await em.findOne(RunGroupTable, parseGroupId(subject)!)
    const teamId = await teamOf(em, group, { subject, asking })
    const runs = await em.find(RunTable, { groupId: group!.id, trashedAt: null }, { orderBy: { id: 'asc' } })
    return { title: group!.name, teamId, runs: allEnded(runs) }
  },
  architecture: async (em, { subject, teamId }, asking) => {
    if (teamId === null) throw badInput('Expected the team whose trainings of this architecture count, in `team`.')
    if (asking && !asking.mayInTeam(teamId, 'member')) throw notFound('a team that you may enter for', `team-${teamId}`)
    const projects = await em.find(ProjectTable, { teamId }, { fields: ['id'] })
    const projectId = { $in: projects.map(({ id }) => id) }
    const architectureHash = parseArchitectureId(subject)!
    const wanted = { kind: 'training' as const, architectureHash, projectId, trashedAt: null }
    const runs = await em.find(RunTable, wanted, { orderBy: { id: 'asc' } })
    const finished = runs.filter(({ state }) => state === 'FINISHED')
    if (runs.length === 0) throw notFound('an architecture that this team has trained', subject)
    return { title: finished[0]?.name ?? subject, teamId, runs: finished }
  },
  study: async (em, { subject }, asking) => {
    const study = await em.findOne(StudyTable, keyIn('study', subject)!)
    const teamId = await teamOf(em, study, { subject, asking })
    const held = await em.find(StudyGroupTable, { studyId: study!.id })
    const runs = await em.find(
      RunTable,
      { groupId: { $in: held.map(({ groupId }) => groupId) }, projectId: study!.projectId, trashedAt: null },
      { orderBy: { id: 'asc' } },
    )
    return { title: study!.name, teamId, runs: allEnded(runs) }
  },
}

/** The team whose project a thing lies in. */
async function teamOf(
  em: EntityManager,
  thing: { readonly projectId: number } | null,
  { subject, asking }: { readonly subject: string; readonly asking: Asking },
): Promise<number> {
  if (!thing || (asking && !asking.seesProject(thing.projectId)))
    throw notFound('something that can be entered', subject)
  if (asking && !asking.mayInProject(thing.projectId, 'member'))
    throw forbidden('Expected the role member or above in the team whose project it lies in, to enter it.')
  return (await em.findOneOrFail(ProjectTable, thing.projectId)).teamId
}

function allEnded(runs: readonly RunRow[]): RunRow[] {
  const going = runs.find(({ state }) => !isEnded(state))
  if (going) throw conflict(`The rules take what has finished, but "${going.name}" is ${going.state.toLowerCase()}.`)
  return runs.filter(({ state }) => state === 'FINISHED')
}

function refuseBin(run: RunRow): void {
  if (run.trashedAt) throw conflict(`Expected a run outside the bin, but "${run.name}" lies in it: restore it first.`)
}
