// What stands in place of a page whose thing cannot be had: what it is, why, and the way back.
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useViewer } from '../people/viewer.js'
import { SignedOut } from './signed-out.js'

/** @param what as in "This group cannot be shown"; children: what else can be done */
export function NotShown({ what, why, children }: { what: string; why: string; children?: ReactNode }) {
  // Whether it is there at all is not told to strangers: they sign in first.
  if (useViewer() === null && what !== 'invitation' && what !== 'link')
    return <SignedOut unreachable={false} onAgain={() => location.reload()} />
  return (
    <div className="centre">
      <title>{`${what.charAt(0).toUpperCase()}${what.slice(1)} · Cellboard`}</title>
      <h1>This {what} cannot be shown</h1>
      <p role="alert">{why}</p>
      {children}
      <Link className="button" to="/">
        To the runs
      </Link>
    </div>
  )
}
