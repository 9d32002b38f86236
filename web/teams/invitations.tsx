// Who is invited into a team: links that let one person in, once.
import { useState } from 'react'
import { useQuery } from 'urql'
import { clockText } from '../charts/number-text.js'
import { graphql } from '../graphql.js'
import { Confirm } from '../people/confirm.js'
import { ChoiceField, FormEnd, FormField } from '../people/form-field.js'
import { SecretBox } from '../people/secret-box.js'
import { useDeed } from '../people/use-deed.js'
import { ROLE_NAMES, type RoleName } from '../people/viewer.js'
import { roleText } from './members.js'
import { INVITATIONS, type TeamFacts } from './team-query.js'

const INVITE = graphql(`
  mutation Invite($team: ID!, $role: Role!, $note: String) {
    invite(team: $team, role: $role, note: $note) {
      url
    }
  }
`)

const REVOKE = graphql(`
  mutation RevokeInvitation($id: ID!) {
    revokeInvitation(id: $id)
  }
`)

export function Invitations({ team }: { team: TeamFacts }) {
  const [{ data }, ask] = useQuery({ query: INVITATIONS, variables: { slug: team.slug } })
  const [role, setRole] = useState<RoleName>('MEMBER')
  const [note, setNote] = useState('')
  const [url, setUrl] = useState<string | null>(null)
  const { busy, problem, run } = useDeed(INVITE)
  const revoke = useDeed(REVOKE)
  const askAgain = () => ask({ requestPolicy: 'network-only' })
  const open = data?.team.invitations.filter(({ usedBy }) => !usedBy) ?? []
  const invite = async () => {
    const made = await run({ team: team.id, role, note })
    if (!made) return
    setUrl(made.invite.url)
    setNote('')
    askAgain()
  }
  return (
    <section className="card" aria-labelledby="invitations-title">
      <div className="card-head">
        <h2 id="invitations-title">Invitations</h2>
      </div>
      <ul className="lines">
        {open.map((one) => (
          <li key={one.id}>
            <span className="line-main">
              <b>{one.note || 'somebody'}</b>
              <br />
              <span className="quiet">
                as {one.role.toLowerCase()} · until {clockText(Date.parse(one.expiresAt))}
              </span>
            </span>
            <Confirm
              action="Revoke"
              label={`Revoke the invitation of ${one.note || 'somebody'}`}
              title="Revoke this invitation?"
              onConfirm={() => revoke.run({ id: one.id })}
              onDone={askAgain}
              problem={revoke.problem}
            >
              Its link will let nobody in.
            </Confirm>
          </li>
        ))}
      </ul>
      <form
        className="plain-form"
        onSubmit={(event) => {
          event.preventDefault()
          void invite()
        }}
      >
        <FormField
          label="Whom"
          value={note}
          onText={setNote}
          placeholder="Grace, from the vision group"
          maxLength={200}
        />
        <ChoiceField
          label="As"
          value={role}
          choices={ROLE_NAMES.map((name) => ({ value: name, text: name.toLowerCase() }))}
          note={roleText(role)}
          onChoice={(next) => setRole(next as RoleName)}
        />
        {url && (
          <SecretBox
            label="Send them this link."
            note="It lets one person in, within 7 days, and is not shown again."
            secret={url}
          />
        )}
        <FormEnd disabled={busy} problem={problem}>
          Make an invitation
        </FormEnd>
      </form>
    </section>
  )
}
