// Who belongs to a team, in which role; owners change roles and take people out.
import { ROLE_TEXTS, type Role } from '@cellboard/schema/people'
import { useState } from 'react'
import { useQuery } from 'urql'
import { agoText } from '../charts/number-text.js'
import { graphql } from '../graphql.js'
import { Confirm } from '../people/confirm.js'
import { useDeed } from '../people/use-deed.js'
import { isAtLeast, ROLE_NAMES, useViewer, type RoleName } from '../people/viewer.js'
import { MEMBERS, type TeamFacts } from './team-query.js'

const SET_ROLE = graphql(`
  mutation SetRole($team: ID!, $user: ID!, $role: Role!) {
    setRole(team: $team, user: $user, role: $role) {
      role
    }
  }
`)

const REMOVE = graphql(`
  mutation RemoveMember($team: ID!, $user: ID!) {
    removeMember(team: $team, user: $user)
  }
`)

export const roleText = (role: RoleName): string => ROLE_TEXTS[role.toLowerCase() as Role]

export function Members({ team, onLeft }: { team: TeamFacts; onLeft: () => void }) {
  const viewer = useViewer()
  const [after, setAfter] = useState<string | null>(null)
  const [{ data }, ask] = useQuery({ query: MEMBERS, variables: { slug: team.slug, after } })
  const setRole = useDeed(SET_ROLE)
  const remove = useDeed(REMOVE)
  const isOwner = isAtLeast(team.role, 'OWNER')
  const askAgain = () => ask({ requestPolicy: 'network-only' })
  const page = data?.team.members
  const members = page?.edges.map(({ node }) => node) ?? []
  return (
    <section className="card" aria-labelledby="members-title">
      <div className="card-head">
        <h2 id="members-title">People</h2>
      </div>
      {setRole.problem && (
        <p className="problem" role="alert">
          {setRole.problem}
        </p>
      )}
      <ul className="lines">
        {members
          .filter(({ user }) => !user.service)
          .map(({ user, role, since }) => (
            <li key={user.id}>
              <span className="line-main">
                <b>{user.name}</b> {user.id === viewer?.id && <span className="badge-plain">you</span>}
                <br />
                <span className="quiet">joined {agoText(Date.parse(since), Date.now())}</span>
              </span>
              {isOwner ? (
                <select
                  aria-label={`Role of ${user.name}`}
                  title={roleText(role)}
                  value={role}
                  onChange={(event) => {
                    const next = event.target.value as RoleName
                    void setRole.run({ team: team.id, user: user.id, role: next }).then(askAgain)
                  }}
                >
                  {ROLE_NAMES.map((name) => (
                    <option key={name} value={name}>
                      {name.toLowerCase()}
                    </option>
                  ))}
                </select>
              ) : (
                <span className="badge-plain" title={roleText(role)}>
                  {role.toLowerCase()}
                </span>
              )}
              {(isOwner || user.id === viewer?.id) && (
                <Confirm
                  action={user.id === viewer?.id ? 'Leave' : 'Remove'}
                  label={user.id === viewer?.id ? 'Leave this team' : `Remove ${user.name}`}
                  title={user.id === viewer?.id ? 'Leave this team?' : `Remove ${user.name}?`}
                  onConfirm={() => remove.run({ team: team.id, user: user.id })}
                  onDone={user.id === viewer?.id ? onLeft : askAgain}
                  problem={remove.problem}
                >
                  What they have open of this team closes at once. Their runs stay.
                </Confirm>
              )}
            </li>
          ))}
      </ul>
      {(page?.pageInfo.hasNextPage || after) && (
        <div className="page-head">
          {after && (
            <button type="button" className="button button-quiet button-small" onClick={() => setAfter(null)}>
              From the beginning
            </button>
          )}
          {page?.pageInfo.hasNextPage && (
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => setAfter(page.pageInfo.endCursor)}
            >
              More people ({page.totalCount} in all)
            </button>
          )}
        </div>
      )}
    </section>
  )
}
