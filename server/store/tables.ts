// Every table of the store.
import { ArchitectureTable } from '../architectures/architecture.table.js'
import { AuditTable } from '../audit/audit.table.js'
import { BoardEntryTable, BoardRulesTable, BoardTable, BoardTeamTable, EntryRunTable } from '../boards/board.table.js'
import { StandingTable, StretchTable } from '../boards/standing.table.js'
import { EventTable } from '../events/event.table.js'
import { MetricChunkTable, MetricSummaryTable } from '../metrics/metric.table.js'
import { IdentityTable } from '../people/identity.table.js'
import { PasskeyTable } from '../people/passkey.table.js'
import { SessionTable, SignInLinkTable } from '../people/session.table.js'
import { TokenTable } from '../people/token.table.js'
import { UserTable } from '../people/user.table.js'
import { ProjectTable } from '../projects/project.table.js'
import { RunGroupTable } from '../runs/group.table.js'
import { RunSettingTable, RunTagTable } from '../runs/run-index.table.js'
import { RunTable } from '../runs/run.table.js'
import { PaceTable } from '../searches/pace.table.js'
import { ShareLinkTable } from '../sharing/share-link.table.js'
import { StudyGroupTable, StudyTable } from '../studies/study.table.js'
import { InvitationTable, MembershipTable, TeamTable } from '../teams/team.table.js'

export const TABLES = [
  UserTable,
  SessionTable,
  SignInLinkTable,
  PasskeyTable,
  IdentityTable,
  TokenTable,
  TeamTable,
  MembershipTable,
  InvitationTable,
  ProjectTable,
  ShareLinkTable,
  AuditTable,
  RunTable,
  RunGroupTable,
  RunSettingTable,
  RunTagTable,
  ArchitectureTable,
  StudyTable,
  StudyGroupTable,
  BoardTable,
  BoardRulesTable,
  BoardTeamTable,
  BoardEntryTable,
  EntryRunTable,
  StandingTable,
  StretchTable,
  EventTable,
  MetricChunkTable,
  MetricSummaryTable,
  PaceTable,
]
