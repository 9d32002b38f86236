// What an invitation says, and joining by it: as who is signed in, or as a newcomer.
import { passwordSchema } from '@cellboard/schema/people'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../graphql.js'
import { FormField } from '../people/form-field.js'
import { useDeed } from '../people/use-deed.js'
import { useViewer, VIEWER } from '../people/viewer.js'
import { roleText } from '../teams/members.js'
import '../people/people.css'
import '../settings/settings.css'
import { NotShown } from './not-shown.js'

const INVITATION = graphql(`
  query Invitation($secret: String!) {
    invitation(secret: $secret) {
      team
      role
      invitedBy
    }
  }
`)

const ACCEPT = graphql(`
  mutation AcceptInvitation($secret: String!, $person: NewPersonInput) {
    acceptInvitation(secret: $secret, person: $person) {
      team {
        slug
      }
    }
  }
`)

export function Invitation({ onChange }: { onChange: () => void }) {
  const { secret = '' } = useParams()
  const viewer = useViewer()
  const navigate = useNavigate()
  const [{ data, error }] = useQuery({ query: INVITATION, variables: { secret } })
  const { busy, problem, fields, run } = useDeed(ACCEPT)
  const [{ data: here }] = useQuery({ query: VIEWER })
  const provider = here?.server.signInProvider
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const wrong = password === '' ? undefined : passwordSchema.safeParse(password).error?.issues[0]?.message
  if (error && !data)
    return (
      <NotShown
        what="invitation"
        why={
          error.graphQLErrors[0]?.extensions.code === 'NOT_FOUND'
            ? 'It was used, revoked, or is too old. Ask for another.'
            : error.message
        }
      />
    )
  if (!data) return <p className="loading">Loading…</p>
  const { team, role, invitedBy } = data.invitation
  const accept = async () => {
    const joined = await run({ secret, person: viewer ? null : { name, email, password } })
    if (!joined) return
    onChange()
    await navigate(`/teams/${joined.acceptInvitation.team.slug}`)
  }
  return (
    <div className="centre">
      <title>{`Join ${team} · Cellboard`}</title>
      <h1>Join {team}</h1>
      <p>
        {invitedBy} invites you as <b>{role.toLowerCase()}</b>. <span className="quiet">{roleText(role)}</span>
      </p>
      <form
        className="stack sign-in-form"
        onSubmit={(event) => {
          event.preventDefault()
          void accept()
        }}
      >
        {viewer ? (
          <p className="quiet">You join as {viewer.name}.</p>
        ) : (
          <>
            {provider && (
              <a
                className="button button-quiet button-wide"
                href={`${provider.url}?invitation=${encodeURIComponent(secret)}`}
              >
                Join with {provider.name}
              </a>
            )}
            <FormField label="Name" value={name} onText={setName} problem={fields.name} autoComplete="name" required />
            <FormField
              label="Address"
              type="email"
              value={email}
              onText={setEmail}
              problem={fields.email}
              autoComplete="username"
              required
            />
            <FormField
              label="Password"
              type="password"
              value={password}
              onText={setPassword}
              problem={fields.password ?? wrong}
              note="At least 12 characters."
              autoComplete="new-password"
              required
            />
          </>
        )}
        {problem && Object.keys(fields).length === 0 && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" className="button button-wide" disabled={busy || wrong !== undefined}>
          {busy ? 'Joining…' : 'Join'}
        </button>
      </form>
    </div>
  )
}
