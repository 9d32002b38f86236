// Leaderboards: their rules and every former version of them, the teams they are open to, their entries.
import type { BoardRules, BoardSubject, BoardVisibility } from '@cellboard/schema/board-rules'
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const BoardTable = defineEntity({
  name: 'Board',
  tableName: 'board',
  properties: {
    id: p.integer().primary().autoincrement(),
    teamId: p.integer().index(),
    name: p.string(),
    notes: p.text().default(''),
    visibility: p.string().$type<BoardVisibility>().default('team'),
    rules: p.json<BoardRules>(),
    /** Counts from 1; entries say by which version they were admitted. */
    ruleVersion: p.integer().default(1),
    /** Whether the hidden metric has taken the first one's place. */
    revealed: p.boolean().default(false),
    createdBy: p.integer(),
    createdAt: p.datetime(),
    archivedAt: p.datetime().nullable(),
  },
})
export type BoardRow = InferEntity<typeof BoardTable>

/** Appended at each change of the rules. */
export const BoardRulesTable = defineEntity({
  name: 'BoardRules',
  tableName: 'board_rules',
  properties: {
    boardId: p.integer().primary(),
    version: p.integer().primary(),
    rules: p.json<BoardRules>(),
    why: p.string().default(''),
    changedBy: p.integer().nullable(),
    changedAt: p.datetime(),
  },
})
export type BoardRulesRow = InferEntity<typeof BoardRulesTable>

/** Teams that a board is open to besides its own. */
export const BoardTeamTable = defineEntity({
  name: 'BoardTeam',
  tableName: 'board_team',
  properties: {
    boardId: p.integer().primary(),
    teamId: p.integer().primary(),
  },
  indexes: [{ properties: ['teamId'] }],
})
export type BoardTeamRow = InferEntity<typeof BoardTeamTable>

/** One figure of an entry, over its finished runs. */
export interface EntryValue {
  /** A finite mean; null where no run has the figure, or one that is not finite. */
  readonly mean: number | null
  /** Standard deviation of the sample; null for fewer than two runs. */
  readonly deviation: number | null
  readonly n: number
}

/** STANDING is ranked or could be; FLAGGED is shown and not ranked until somebody has looked; WITHDRAWN is kept and not ranked. */
export type EntryState = 'STANDING' | 'FLAGGED' | 'WITHDRAWN'
/** Whether the runs that an entry's figures come from are there; in the bin or deleted, they hold up no rank. */
export type Evidence = 'THERE' | 'IN_BIN' | 'DELETED'
export type Verification = 'NONE' | 'RUNNING' | 'AGREES' | 'DISAGREES'

export const BoardEntryTable = defineEntity({
  name: 'BoardEntry',
  tableName: 'board_entry',
  properties: {
    id: p.integer().primary().autoincrement(),
    boardId: p.integer(),
    /** Whose it is; null for a baseline. A team's name and address may change, and two teams may share a name. */
    teamId: p.integer().nullable(),
    title: p.string(),
    subject: p.string().$type<BoardSubject>(),
    /** Global id of what was entered; null for a baseline from outside. */
    subjectId: p.string().nullable(),
    /** Every figure that the rules name, by metric and pick: `test-accuracy last`, `parameters`. */
    values: p.json<Readonly<Record<string, EntryValue>>>(),
    baseline: p.boolean().default(false),
    /** Where a baseline's figures come from. */
    source: p.string().default(''),
    state: p.string().$type<EntryState>().default('STANDING'),
    /** Why it was flagged or withdrawn. */
    reason: p.string().default(''),
    evidence: p.string().$type<Evidence>().default('THERE'),
    verification: p.string().$type<Verification>().default('NONE'),
    verifyingRunId: p.integer().nullable().index(),
    /** Its place among its team's by the rules of now (sort-key.ts), and the score that is compared; null where it has none. */
    sortKey: p.string().nullable(),
    score: p.double().$type<number>().nullable(),
    /** The rules by which it was admitted. */
    ruleVersion: p.integer(),
    submittedBy: p.integer().nullable(),
    submittedAt: p.datetime(),
  },
  indexes: [
    { properties: ['boardId', 'teamId', 'submittedAt'] },
    { properties: ['boardId', 'teamId', 'sortKey'] },
    { properties: ['boardId', 'subjectId'] },
  ],
})
export type BoardEntryRow = InferEntity<typeof BoardEntryTable>

/** The finished runs that an entry's figures were taken from. */
export const EntryRunTable = defineEntity({
  name: 'EntryRun',
  tableName: 'board_entry_run',
  properties: {
    entryId: p.integer().primary(),
    runId: p.integer().primary(),
  },
  indexes: [{ properties: ['runId'] }],
})
export type EntryRunRow = InferEntity<typeof EntryRunTable>
