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
}

export const AUDITED = Object.keys(DEEDS)

export function auditText({ action, detail }: Pick<AuditLine, 'action' | 'detail'>): string {
  const deed = DEEDS[action] ?? action
  const known = detail as { readonly refused?: string; readonly from?: unknown; readonly to?: unknown }
  if (known.refused !== undefined) return `was refused: ${deed}`
  return typeof known.from === 'string' && typeof known.to === 'string' ? `${deed}: ${known.from} → ${known.to}` : deed
}
