// Keeps boards up with the runs: what a rule enters by itself, what a repeated run says, and entries whose runs have gone into the bin.
import { isEnded } from '@cellboard/schema/run-state'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { appendAudit } from '../audit/audit.js'
import { architectureId } from '../architectures/architecture-id.js'
import type { House } from '../graphql/context.js'
import { keyIn } from '../permissions/located.js'
import { groupId } from '../runs/group-id.js'
import { runId } from '../runs/run-id.js'
import { RunTable, type RunRow } from '../runs/run.table.js'
import { rows, type EntityManager } from '../store/orm.js'
import { BoardEntryTable, BoardTable, type BoardRow } from './board.table.js'
import { change, enter, evidenceOf } from './enter.js'
import { boardId, entryId, withBoard } from './find-board.js'
import { readSubject } from './subject.js'
import { judge, verifying } from './verify.js'

/** Between a ring and the look: what rings ten times a second is looked at once. */
const LOOK_MS = 300
/** Finished runs of a project that no entry stands for yet and that are looked through at a start. */
const MOST_CAUGHT_UP = 2_000

type Parts = Pick<House, 'store' | 'bells' | 'boardBells'>

export class BoardKeeper {
  readonly #rung = new Set<number>()
  #timer: NodeJS.Timeout | null = null
  #working: Promise<void> = Promise.resolve()
  #silence: (() => void) | null = null

  constructor(
    readonly parts: Parts,
    readonly log: Logger,
  ) {}

  /** Looks through what happened while no server ran, then listens. */
  start(): void {
    this.#silence = this.parts.bells.listen((run) => {
      this.#rung.add(run)
      this.#timer ??= setTimeout(() => {
        this.#timer = null
        const runs = [...this.#rung]
        this.#rung.clear()
        this.#do((em) => this.#look(em, runs))
      }, LOOK_MS)
    })
    this.#do((em) => this.#catchUp(em))
  }

  async stop(): Promise<void> {
    this.#silence?.()
    if (this.#timer) clearTimeout(this.#timer)
    await this.#working
  }

  /** One thing after another. */
  #do(work: (em: EntityManager) => Promise<void>): void {
    this.#working = this.#working.then(() =>
      work(this.parts.store.em.fork()).catch((error: unknown) => this.log.error({ error }, 'boards could not be kept')),
    )
  }

  enterAll(board: number): void {
    this.#do(async (em) => {
      const row = await em.findOne(BoardTable, { id: board, archivedAt: null })
      if (row) await this.#enterFinished(em, row)
    })
  }

  async #catchUp(em: EntityManager): Promise<void> {
    await this.#verify(em, null)
    // Only those of which something has changed: a start must not look at every entry that there is.
    const changed = await rows<{ id: number }>(
      em,
      `select distinct behind.entry_id as id from board_entry_run behind
       join board_entry entry on entry.id = behind.entry_id left join run on run.id = behind.run_id
       where (entry.evidence = 'THERE') <> (run.id is not null and run.trashed_at is null)`,
    )
    for (const { id } of changed) await this.#weigh(em, id)
    for (const board of await em.find(BoardTable, { archivedAt: null }, { disableIdentityMap: true }))
      await this.#enterFinished(em, board)
  }

  async #enterFinished(em: EntityManager, board: BoardRow): Promise<void> {
    const project = board.rules.autoProject && keyIn('project', board.rules.autoProject)
    if (!project) return
    const missing = await rows<{ id: number }>(
      em,
      `select id from run where project_id = ? and state = 'FINISHED' and trashed_at is null and not exists
         (select 1 from board_entry_run behind join board_entry entry on entry.id = behind.entry_id
          where behind.run_id = run.id and entry.board_id = ?) order by id desc limit ?`,
      [project, board.id, MOST_CAUGHT_UP],
    )
    const wanted = { id: { $in: missing.map(({ id }) => id) } }
    const runs = await em.find(RunTable, wanted, { orderBy: { id: 'asc' }, disableIdentityMap: true })
    for (const run of runs) await this.#enterByRule(em, board, run)
  }

  async #look(em: EntityManager, ids: readonly number[]): Promise<void> {
    const runs = await em.find(RunTable, { id: { $in: [...ids] } }, { disableIdentityMap: true })
    const going = new Set(runs.filter(({ state }) => !isEnded(state)).map(({ id }) => id))
    const ended = ids.filter((id) => !going.has(id))
    if (ended.length === 0) return
    await this.#verify(em, ended)
    await this.#lookAtEvidence(em, ended)
    const finished = runs.filter(({ state, trashedAt }) => state === 'FINISHED' && !trashedAt)
    if (finished.length === 0) return
    const boards = await em.find(BoardTable, { archivedAt: null }, { disableIdentityMap: true })
    for (const board of boards)
      for (const run of finished)
        if (board.rules.autoProject === `project-${run.projectId}`) await this.#enterByRule(em, board, run)
  }

  async #enterByRule(em: EntityManager, board: BoardRow, run: RunRow): Promise<void> {
    const subject = subjectOf(board, run)
    if (subject === null) return
    try {
      const entered = await readSubject(em, board.rules, null, { subject, teamId: board.teamId })
      const entry = await enter(em, board.id, { ...entered, subject, submittedBy: null })
      await appendAudit(em.fork(), {
        ...{ action: 'submitEntry', teamId: board.teamId, subject: entryId(entry.id) },
        detail: { board: boardId(board.id), entered: subject, byRule: true },
      })
      this.parts.boardBells.ring(board.id)
    } catch (error) {
      // What the rules refuse is simply not entered: too few seeds so far, the same as before, a limit.
      if (!(error instanceof GraphQLError)) throw error
    }
  }

  async #verify(em: EntityManager, runs: readonly number[] | null): Promise<void> {
    for (const { id, boardId: board } of await verifying(em, runs)) {
      const verification = await withBoard(em, board, async (em, held) => {
        const entry = await em.findOneOrFail(BoardEntryTable, id)
        const verdict = await judge(em, held, entry)
        if (verdict) em.assign(entry, { verification: verdict })
        await em.flush()
        return verdict && { verdict, teamId: held.teamId }
      })
      if (!verification) continue
      const { verdict, teamId } = verification
      await appendAudit(em.fork(), { action: 'verifyEntry', teamId, subject: entryId(id), detail: { verdict } })
      this.parts.boardBells.ring(board)
    }
  }

  /** What lies in the bin or is gone holds up no rank; what comes back takes its place again. */
  async #lookAtEvidence(em: EntityManager, runs: readonly number[]): Promise<void> {
    for (let i = 0; i < runs.length; i += 500) {
      const some = runs.slice(i, i + 500)
      const sql = `select distinct entry_id as id from board_entry_run where run_id in (${some.map(() => '?').join(', ')})`
      for (const { id } of await rows<{ id: number }>(em, sql, some)) await this.#weigh(em, id)
    }
  }

  async #weigh(em: EntityManager, id: number): Promise<void> {
    const entry = await em.findOne(BoardEntryTable, id, { disableIdentityMap: true })
    if (!entry || (await evidenceOf(em, id)) === entry.evidence) return
    await withBoard(em, entry.boardId, async (em, board) => {
      const held = await em.findOneOrFail(BoardEntryTable, id)
      await change(em, board, held, { evidence: await evidenceOf(em, id) })
    })
    this.parts.boardBells.ring(entry.boardId)
  }
}

/** What of a finished run a board's rules take; null where the run has no such thing. */
function subjectOf({ rules }: BoardRow, run: RunRow): string | null {
  if (rules.subject === 'run') return runId(run)
  if (rules.subject === 'group') return run.groupId == null ? null : groupId({ id: run.groupId })
  if (rules.subject === 'architecture')
    return run.kind === 'training' && run.architectureHash != null ? architectureId(run.architectureHash) : null
  return null
}
