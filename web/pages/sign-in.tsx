// Turns the one-time link of the terminal into a session, and says what to do when it is used up.
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useMutation } from 'urql'
import { graphql } from '../graphql.js'
import { SignedOut } from './signed-out.js'

const SIGN_IN = graphql(`
  mutation SignIn($link: String!) {
    signIn(link: $link) {
      viewer {
        id
        name
      }
    }
  }
`)

const SILENT =
  'The server does not answer. Start it with npm start, then load this page again: the link is not used up.'

export function SignIn({ onSignedIn }: { onSignedIn: (options: { requestPolicy: 'network-only' }) => void }) {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const [, signIn] = useMutation(SIGN_IN)
  const link = search.get('link')
  const [problem, setProblem] = useState<string | null>(null)
  // A link works once: a second effect (React's strict mode) must not use it up for the first.
  const used = useRef<string | null>(null)
  useEffect(() => {
    if (!link || used.current === link) return
    used.current = link
    void signIn({ link }).then(async ({ error }) => {
      if (error) return setProblem(error.graphQLErrors[0]?.message ?? SILENT)
      onSignedIn({ requestPolicy: 'network-only' })
      await navigate('/', { replace: true })
    })
  }, [link, signIn, navigate, onSignedIn])
  if (!link)
    return (
      <SignedOut
        unreachable={false}
        onAgain={() => {
          onSignedIn({ requestPolicy: 'network-only' })
          void navigate('/', { replace: true })
        }}
      />
    )
  return (
    <div className="centre">
      <title>Sign in · Cellboard</title>
      <img src="/favicon.svg" width="56" height="56" alt="" />
      {problem === null ? (
        <h1 role="status">Signing you in…</h1>
      ) : (
        <>
          <h1>{problem === SILENT ? 'The server does not answer' : 'This link does not work any more'}</h1>
          <p role="alert">{problem}</p>
          {problem !== SILENT && (
            <p>
              A sign-in link works once and for a short time. Stop the server with Ctrl-C and run <code>npm start</code>{' '}
              again: it prints a fresh one.
            </p>
          )}
          <button type="button" className="button" onClick={() => void navigate('/')}>
            To the runs
          </button>
        </>
      )}
    </div>
  )
}
