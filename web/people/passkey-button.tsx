// Signing in with a passkey; absent where the browser has none.
import {
  browserSupportsWebAuthn,
  startAuthentication,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { useState } from 'react'
import { graphql } from '../graphql.js'
import { useDeed } from './use-deed.js'

const ASK = graphql(`
  mutation AskPasskey {
    askPasskey {
      id
      options
    }
  }
`)

const SIGN_IN = graphql(`
  mutation SignInWithPasskey($challenge: ID!, $response: Json!) {
    signInWithPasskey(challenge: $challenge, response: $response) {
      viewer {
        id
      }
    }
  }
`)

export function PasskeyButton({ onSignedIn }: { onSignedIn: () => void }) {
  const ask = useDeed(ASK)
  const signIn = useDeed(SIGN_IN)
  const [given, setGiven] = useState(false)
  if (!browserSupportsWebAuthn()) return null
  const start = async () => {
    setGiven(false)
    const asked = await ask.run({})
    if (!asked) return
    const { id, options } = asked.askPasskey
    const response = await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }).catch(
      () => null,
    )
    // Closing the browser's own dialog is no mistake.
    if (!response) return setGiven(true)
    if (await signIn.run({ challenge: id, response })) onSignedIn()
  }
  const problem = ask.problem ?? signIn.problem
  return (
    <>
      <button type="button" className="button button-quiet button-wide" onClick={() => void start()}>
        Sign in with a passkey
      </button>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {given && <p className="quiet">No passkey was chosen.</p>}
    </>
  )
}
