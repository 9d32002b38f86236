// An entry of the audit log as a sentence without its subject: "started a search".
import type { AuditLine } from './team-query.js'

const DEEDS: Readonly<Record<string, string>> = {
  startSearch: 'started a search',
  startTraining: 'started a training',
  startRandomBaseline: 'started a random baseline',
  cancelRun: 'cancelled a run',
  pauseRun: 'paused a run',
  resumeRun: 'resumed a run',
  setRun: 'changed the notes of a run',
  tagRuns: 'tagged runs',
  trashRuns: 'put runs into the bin',
  restoreRuns: 'took runs out of the bin',
  deleteRuns: 'deleted runs for good',
  moveRuns: 'moved runs',
  createTeam: 'made the team',
  renameTeam: 'renamed the team',
  invite: 'invited somebody',
  revokeInvitation: 'revoked an invitation',
  acceptInvitation: 'joined the team',
  setRole: 'changed a role',
  removeMember: 'took somebody out',
  createServiceAccount: 'made a service account',
  createProject: 'made a project',
  setProject: 'changed a project',
  createToken: 'made a token for a service account',
  revokeToken: 'revoked a token of a service account',
  createShareLink: 'shared something by a link',
  revokeShareLink: 'revoked a share link',
  openShareLink: 'opened a share link',
  mergeTeams: 'merged another team into this one',
  retryRun: 'started a run anew',
  createRun: 'made a logged run',
  finishRun: 'ended a logged run',
  createStudy: 'made a study',
  setStudy: 'changed a study',
  removeStudy: 'removed a study',
  putIntoStudy: 'put a group into a study',
  takeOutOfStudy: 'took a group out of a study',
  createBoard: 'made a board',
  setBoard: 'changed a board',
  setBoardRules: 'changed the rules of a board',
  archiveBoard: 'archived a board, or took it up again',
  addBaselines: 'loaded baselines',
  addBaseline: 'added a baseline',
  removeBaseline: 'removed a baseline',
  submitEntry: 'entered into a board',
  withdrawEntry: 'withdrew an entry',
  restoreEntry: 'restored an entry',
  flagEntry: 'flagged an entry',
  verifyEntry: 'had an entry verified',
}

export const AUDITED = Object.keys(DEEDS)

export function auditText({ action, detail }: Pick<AuditLine, 'action' | 'detail'>): string {
  const deed = DEEDS[action] ?? action
  const known = detail as { readonly refused?: string; readonly from?: unknown; readonly to?: unknown }
  if (known.refused !== undefined) return `was refused: ${deed}`
  return typeof known.from === 'string' && typeof known.to === 'string' ? `${deed}: ${known.from} → ${known.to}` : deed
}

/** What somebody gave as a reason, as for withdrawing an entry. */
export function reasonOf({ detail }: Pick<AuditLine, 'detail'>): string {
  const { reason, why } = (detail ?? {}) as { readonly reason?: unknown; readonly why?: unknown }
  const text = reason ?? why
  return typeof text === 'string' ? text : ''
}
