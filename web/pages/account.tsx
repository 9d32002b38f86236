// One's own account: name, address, password, where one is signed in, tokens.
import { passwordSchema } from '@cellboard/schema/people'
import { useState } from 'react'
import { useQuery } from 'urql'
import { agoText } from '../charts/number-text.js'
import { graphql } from '../graphql.js'
import { Confirm } from '../people/confirm.js'
import { FormEnd, FormField } from '../people/form-field.js'
import { Identities } from '../people/identities.js'
import { NewToken } from '../people/new-token.js'
import { Passkeys } from '../people/passkeys.js'
import { programText } from '../people/program-text.js'
import { TokenList } from '../people/token-list.js'
import { useDeed } from '../people/use-deed.js'
import { useViewer, type Viewer } from '../people/viewer.js'
import '../people/people.css'
import '../settings/settings.css'

const ACCOUNT = graphql(`
  query Account {
    viewer {
      sessions {
        id
        program
        createdAt
        lastSeenAt
        current
      }
      tokens {
        id
        name
        beginning
        scopes
        project
        expiresAt
        lastUsedAt
        revokedAt
      }
    }
  }
`)

const SET_PROFILE = graphql(`
  mutation SetProfile($name: String, $email: String) {
    setProfile(name: $name, email: $email) {
      id
    }
  }
`)

const SET_PASSWORD = graphql(`
  mutation SetPassword($next: String!, $current: String, $revokeTokens: Boolean) {
    setPassword(next: $next, current: $current, revokeTokens: $revokeTokens)
  }
`)

const END_SESSION = graphql(`
  mutation EndSession($id: ID!) {
    endSession(id: $id)
  }
`)

export function Account({ onChange }: { onChange: () => void }) {
  const viewer = useViewer()!
  const [{ data }, ask] = useQuery({ query: ACCOUNT })
  const askAgain = () => ask({ requestPolicy: 'network-only' })
  const sessions = data?.viewer?.sessions ?? []
  const end = useDeed(END_SESSION)
  return (
    <div className="page">
      <title>Account · Cellboard</title>
      <h1>Account</h1>
      <Profile viewer={viewer} onChange={onChange} />
      <Password viewer={viewer} onChange={() => (askAgain(), onChange())} />
      <Passkeys />
      <Identities />
      <section className="card" aria-labelledby="sessions-title">
        <div className="card-head">
          <h2 id="sessions-title">Where you are signed in</h2>
        </div>
        <ul className="lines">
          {sessions.map((session) => (
            <li key={session.id}>
              <span className="line-main">
                {programText(session.program)} {session.current && <span className="badge-plain">this one</span>}
                <br />
                <span className="quiet">
                  last used {agoText(Date.parse(session.lastSeenAt ?? session.createdAt), Date.now())}
                </span>
              </span>
              {!session.current && (
                <Confirm
                  action="End"
                  label={`End ${programText(session.program)}`}
                  title="End this session?"
                  onConfirm={() => end.run({ id: session.id })}
                  onDone={askAgain}
                  problem={end.problem}
                >
                  Whoever uses it has to sign in again.
                </Confirm>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="tokens-title">
        <div className="card-head">
          <h2 id="tokens-title">Tokens</h2>
          <span className="quiet">for programs that ask in your name</span>
        </div>
        <TokenList tokens={data?.viewer?.tokens ?? []} onChange={askAgain} />
        <NewToken projects={viewer.projects} onMade={askAgain} />
      </section>
    </div>
  )
}

function Profile({ viewer, onChange }: { viewer: Viewer; onChange: () => void }) {
  const [name, setName] = useState(viewer.name)
  const [email, setEmail] = useState(viewer.email ?? '')
  const { busy, problem, fields, run } = useDeed(SET_PROFILE)
  const isChanged = name !== viewer.name || email !== (viewer.email ?? '')
  return (
    <section className="card" aria-labelledby="profile-title">
      <div className="card-head">
        <h2 id="profile-title">You</h2>
      </div>
      <form
        className="plain-form"
        onSubmit={(event) => {
          event.preventDefault()
          void run({ name, email: email || null }).then((data) => data && onChange())
        }}
      >
        <FormField label="Name" value={name} onText={setName} problem={fields.name} autoComplete="name" required />
        <FormField
          label="Address"
          type="email"
          value={email}
          onText={setEmail}
          problem={fields.email}
          autoComplete="email"
          note="What you sign in with."
        />
        <FormEnd disabled={busy || !isChanged} problem={Object.keys(fields).length === 0 && problem}>
          Save
        </FormEnd>
      </form>
    </section>
  )
}

function Password({ viewer, onChange }: { viewer: Viewer; onChange: () => void }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [revokeTokens, setRevokeTokens] = useState(false)
  const [done, setDone] = useState(false)
  const { busy, problem, fields, run } = useDeed(SET_PASSWORD)
  const wrong = next === '' ? undefined : passwordSchema.safeParse(next).error?.issues[0]?.message
  const set = async () => {
    if (!(await run({ next, current: viewer.hasPassword ? current : null, revokeTokens }))) return
    setDone(true)
    setCurrent('')
    setNext('')
    onChange()
  }
  return (
    <section className="card" aria-labelledby="password-title">
      <div className="card-head">
        <h2 id="password-title">Password</h2>
        {!viewer.hasPassword && <span className="quiet">none so far: you came by a one-time link</span>}
      </div>
      <form
        className="plain-form"
        onSubmit={(event) => {
          event.preventDefault()
          void set()
        }}
      >
        {viewer.hasPassword && (
          <FormField
            label="Present password"
            type="password"
            value={current}
            onText={setCurrent}
            problem={fields.current}
            autoComplete="current-password"
            required
          />
        )}
        <FormField
          label="New password"
          type="password"
          value={next}
          onText={(text) => {
            setNext(text)
            setDone(false)
          }}
          problem={fields.password ?? wrong}
          note="At least 12 characters."
          autoComplete="new-password"
          required
        />
        <label className="switch">
          <input
            type="checkbox"
            checked={revokeTokens}
            onChange={(event) => setRevokeTokens(event.currentTarget.checked)}
          />{' '}
          Revoke all my tokens too
        </label>
        <div className="form-end">
          <button type="submit" className="button" disabled={busy || wrong !== undefined || !viewer.email}>
            Set the password
          </button>
          {!viewer.email && <span className="quiet">Choose an address first.</span>}
          {done && (
            <span role="status">
              Set. All other sessions have ended{revokeTokens && ', and all tokens are revoked'}.
            </span>
          )}
          {problem && Object.keys(fields).length === 0 && (
            <span className="problem" role="alert">
              {problem}
            </span>
          )}
        </div>
      </form>
    </section>
  )
}
