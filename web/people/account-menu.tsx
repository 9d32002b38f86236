// Who is signed in, and the ways that are theirs: account, teams, the API, out.
import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'
import { graphql } from '../graphql.js'
import './people.css'
import { useDeed } from './use-deed.js'
import type { Viewer } from './viewer.js'

const SIGN_OUT = graphql(`
  mutation SignOut {
    signOut
  }
`)

export function AccountMenu({ viewer }: { viewer: Viewer }) {
  const { run } = useDeed(SIGN_OUT)
  const menu = useRef<HTMLDetailsElement>(null)
  const { pathname } = useLocation()
  const close = () => {
    if (menu.current) menu.current.open = false
  }
  useEffect(close, [pathname])
  return (
    <details
      ref={menu}
      className="account-menu"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close()
      }}
    >
      <summary className="button button-quiet button-icon" aria-label={`Account of ${viewer.name}`}>
        <svg
          width="18"
          height="18"
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          aria-hidden="true"
        >
          <circle cx="12" cy="8" r="4" />
          <path d="M4 21a8 8 0 0 1 16 0" strokeLinecap="round" />
        </svg>
      </summary>
      <div>
        <p>
          Signed in as <b>{viewer.name}</b>
        </p>
        <Link to="/account">Account</Link>
        <Link to="/teams">Teams</Link>
        <Link to="/graphql">API</Link>
        <button type="button" onClick={() => void run({}).then(() => location.assign('/'))}>
          Sign out
        </button>
      </div>
    </details>
  )
}
