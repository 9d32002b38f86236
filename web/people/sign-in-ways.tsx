// The ways to sign in: password, passkey, and the provider where there is one.
import { useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { PasskeyButton } from './passkey-button.js'
import { PasswordForm } from './password-form.js'
import { VIEWER } from './viewer.js'

interface SignInWaysProps {
  /** Secret of an invitation that whoever signs in at the provider brings along. */
  invitation?: string
  onSignedIn: () => void
}

export function SignInWays({ invitation, onSignedIn }: SignInWaysProps) {
  const [{ data }] = useQuery({ query: VIEWER })
  const [search] = useSearchParams()
  const provider = data?.server.signInProvider
  const problem = search.get('problem')
  return (
    <div className="stack sign-in-form">
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {provider && (
        <a
          className="button button-wide"
          href={invitation ? `${provider.url}?invitation=${encodeURIComponent(invitation)}` : provider.url}
        >
          Sign in with {provider.name}
        </a>
      )}
      <PasswordForm onSignedIn={onSignedIn} />
      <PasskeyButton onSignedIn={onSignedIn} />
    </div>
  )
}
