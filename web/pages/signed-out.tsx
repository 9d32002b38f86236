// What every page shows to whom the server does not know: how to sign in, or that the server does not answer.
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
          <h1>Open your sign-in link</h1>
          <p>
            Cellboard printed a one-time link in the terminal where it was started. Open it in this browser and you are
            in; there is no password to remember.
          </p>
          <p className="quiet">
            Is it used up? Stop the server with Ctrl-C and run <code>npm start</code> again: it prints a fresh one.
          </p>
        </>
      )}
    </div>
  )
}
