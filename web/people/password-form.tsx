// Signing in with an address and a password.
import { useState } from 'react'
import { graphql } from '../graphql.js'
import { FormField } from './form-field.js'
import { useDeed } from './use-deed.js'

const SIGN_IN = graphql(`
  mutation SignInWithPassword($email: String!, $password: String!) {
    signInWithPassword(email: $email, password: $password) {
      viewer {
        id
      }
    }
  }
`)

export function PasswordForm({ onSignedIn }: { onSignedIn: () => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { busy, problem, run } = useDeed(SIGN_IN)
  return (
    <form
      className="stack sign-in-form"
      onSubmit={(event) => {
        event.preventDefault()
        void run({ email, password }).then((data) => data && onSignedIn())
      }}
    >
      <FormField
        label="Address"
        type="email"
        name="email"
        autoComplete="username webauthn"
        value={email}
        onText={setEmail}
        required
      />
      <FormField
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        onText={setPassword}
        required
      />
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" className="button button-wide" disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  )
}
