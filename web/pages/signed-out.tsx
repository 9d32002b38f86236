// What every page shows to whom the server does not know: how to sign in, or that the server does not answer.
import { SignInWays } from '../people/sign-in-ways.js'
import '../people/people.css'

interface SignedOutProps {
  unreachable: boolean
  onAgain: () => void
}

export function SignedOut({ unreachable, onAgain }: SignedOutProps) {
  return (
    <div className="centre">
      <title>Sign in · Cellboard</title>
      <img src="/favicon.svg" width="56" height="56" alt="" />
      {unreachable ? (
        <>
          <h1>The server does not answer</h1>
          <p>
            Start it with <code>npm start</code>, then try again.
          </p>
          <button type="button" className="button" onClick={onAgain}>
            Try again
          </button>
        </>
      ) : (
        <>
          <h1>Sign in</h1>
          <SignInWays onSignedIn={onAgain} />
          <p className="quiet">
            The first time, or without a password: open the one-time link that Cellboard printed in the terminal where
            it was started. Is it used up? Start the server again: it prints a fresh one.
          </p>
        </>
      )}
    </div>
  )
}
