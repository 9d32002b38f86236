// One team: its people, projects, what maintainers look after, and for owners its invitations and audit log.
import { useNavigate, useParams } from 'react-router'
import { useQuery } from 'urql'
import { isAtLeast } from '../people/viewer.js'
import '../people/people.css'
import '../settings/settings.css'
import { AuditLog } from '../teams/audit-log.js'
import { Invitations } from '../teams/invitations.js'
import { Maintained } from '../teams/maintained.js'
import { MergeTeam } from '../teams/merge-team.js'
import { Members, roleText } from '../teams/members.js'
import { TeamBoards } from '../teams/boards.js'
import { Studies } from '../teams/studies.js'
import { Projects } from '../teams/projects.js'
import { TEAM } from '../teams/team-query.js'
import { NotShown } from './not-shown.js'
import { whyOf } from '../why.js'

export function Team({ onChange }: { onChange: () => void }) {
  const { slug = '' } = useParams()
  const navigate = useNavigate()
  const [{ data, error }, ask] = useQuery({ query: TEAM, variables: { slug } })
  if (error && !data) return <NotShown what="team" why={whyOf(error)} />
  if (!data) return <p className="loading">Loading…</p>
  const { team } = data
  const askAgain = () => {
    ask({ requestPolicy: 'network-only' })
    onChange()
  }
  return (
    <div className="page">
      <title>{`${team.name} · Cellboard`}</title>
      <header className="run-header">
        <h1>{team.name}</h1>
        <p className="quiet">
          <code>{team.slug}</code>
          {team.role && ` · you are ${team.role.toLowerCase()}: ${roleText(team.role).toLowerCase()}`}
        </p>
      </header>
      <Projects team={team} onChange={askAgain} />
      <TeamBoards team={team} />
      <Studies team={team} />
      {team.role && <Members team={team} onLeft={() => void Promise.resolve(navigate('/teams')).then(onChange)} />}
      {isAtLeast(team.role, 'OWNER') && <Invitations team={team} />}
      {isAtLeast(team.role, 'MAINTAINER') && <Maintained team={team} />}
      {isAtLeast(team.role, 'OWNER') && <AuditLog team={team} />}
      {isAtLeast(team.role, 'OWNER') && (
        <MergeTeam team={team} onMerged={(slug) => void Promise.resolve(navigate(`/teams/${slug}`)).then(onChange)} />
      )}
    </div>
  )
}
