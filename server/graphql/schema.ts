// Builds the API out of its resolvers.
import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchema, type PubSub } from 'type-graphql'
import {
  ArchitectureOfFoundResolver,
  ArchitectureOfRunResolver,
  ArchitectureResolver,
} from '../architectures/architecture.resolver.js'
import { BoardChangesResolver } from '../boards/board-changes.resolver.js'
import { BoardResolver, BoardsOfTeamResolver } from '../boards/board.resolver.js'
import { EnterResolver } from '../boards/enter.resolver.js'
import { EntryResolver } from '../boards/entry.resolver.js'
import { ManageBoardResolver } from '../boards/manage.resolver.js'
import { EventResolver } from '../events/event.resolver.js'
import { MetricResolver } from '../metrics/metric.resolver.js'
import { PeopleResolver } from '../people/people.resolver.js'
import { NodeResolver } from '../permissions/node.resolver.js'
import { ProjectOfGroupResolver, ProjectOfRunResolver, ProjectResolver } from '../projects/project.resolver.js'
import { StudiesOfProjectResolver, StudyResolver } from '../studies/study.resolver.js'
import { ShareLinkResolver, ShareLinksOfTeamResolver } from '../sharing/share-link.resolver.js'
import { AuditEntryResolver, AuditOfTeamResolver } from '../audit/audit.resolver.js'
import { InvitationResolver, InvitationsOfTeamResolver } from '../teams/invitation.resolver.js'
import { ServiceAccountResolver, ServiceAccountsOfTeamResolver } from '../teams/service-account.resolver.js'
import { MembershipResolver, TeamResolver, ViewerTeamsResolver } from '../teams/team.resolver.js'
import { IdentityResolver } from '../people/identity.resolver.js'
import { PasskeyResolver } from '../people/passkey.resolver.js'
import { TokenResolver } from '../people/token.resolver.js'
import { FileResolver } from '../runs/file.resolver.js'
import { GroupResolver, RunGroupOfRunResolver } from '../runs/group.resolver.js'
import { CompareResolver } from '../runs/compare.resolver.js'
import { RunColumnsResolver } from '../runs/run-columns.resolver.js'
import { KeepRunResolver } from '../runs/keep-run.resolver.js'
import { LoggedResolver } from '../logged/logged.resolver.js'
import { LoggedRun } from '../logged/logged.type.js'
import { RetryResolver } from '../runs/retry.resolver.js'
import { RunConnectionResolver, RunResolver } from '../runs/run.resolver.js'
import { FindingsResolver, GenotypeResolver, StageResolver } from '../searches/findings.resolver.js'
import { SearchGroupResolver } from '../searches/search-group.resolver.js'
import { SearchResolver } from '../searches/search.resolver.js'
import { Search } from '../searches/search.type.js'
import { PublishedResolver } from '../trainings/published.resolver.js'
import { TrainingResolver, TrainingsOfSearchResolver } from '../trainings/training.resolver.js'
import { Training } from '../trainings/training.type.js'
import { guard, guardSources } from '../permissions/guard.js'
import { ServerInfoResolver } from './server-info.js'

// TypeGraphQL asks for a pub/sub even where every subscription brings its own source. Its own stock one ends the whole process
// when a subscriber is slow (RepeaterOverflowError), so this one refuses to be used.
const noPubSub: PubSub = {
  publish: () => {
    throw new Error('Expected every subscription to follow the log, but something was published.')
  },
  subscribe: () => {
    throw new Error('Expected every subscription to name its source.')
  },
}

export const buildApi = async (): Promise<GraphQLSchema> =>
  guardSources(
    await buildSchema({
      resolvers: [
        PeopleResolver,
        TokenResolver,
        IdentityResolver,
        PasskeyResolver,
        TeamResolver,
        MembershipResolver,
        ViewerTeamsResolver,
        InvitationResolver,
        InvitationsOfTeamResolver,
        ServiceAccountResolver,
        ServiceAccountsOfTeamResolver,
        ProjectResolver,
        ProjectOfRunResolver,
        ProjectOfGroupResolver,
        StudyResolver,
        StudiesOfProjectResolver,
        ShareLinkResolver,
        ShareLinksOfTeamResolver,
        AuditOfTeamResolver,
        AuditEntryResolver,
        NodeResolver,
        ServerInfoResolver,
        RunResolver,
        RunConnectionResolver,
        RunColumnsResolver,
        RetryResolver,
        LoggedResolver,
        KeepRunResolver,
        CompareResolver,
        GroupResolver,
        RunGroupOfRunResolver,
        SearchResolver,
        FindingsResolver,
        SearchGroupResolver,
        StageResolver,
        GenotypeResolver,
        TrainingResolver,
        TrainingsOfSearchResolver,
        PublishedResolver,
        ArchitectureResolver,
        ArchitectureOfFoundResolver,
        ArchitectureOfRunResolver,
        BoardResolver,
        BoardsOfTeamResolver,
        EntryResolver,
        ManageBoardResolver,
        EnterResolver,
        BoardChangesResolver,
        FileResolver,
        MetricResolver,
        EventResolver,
      ],
      orphanedTypes: [Search, Training, LoggedRun],
      globalMiddlewares: [guard],
      pubSub: noPubSub,
      // Off by default in TypeGraphQL 2, and then rules on inputs are ignored silently; classes without rules are fine.
      validate: { forbidUnknownValues: false },
    }),
  )
