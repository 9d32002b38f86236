// The frame around every page: who is asking, where one can go, light or dark; pages are loaded when opened.
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { Link, NavLink, Route, Routes, useLocation } from 'react-router'
import { useQuery } from 'urql'
import { NotFound } from './pages/not-found.js'
import { SignIn } from './pages/sign-in.js'
import { SignedOut } from './pages/signed-out.js'
import { AccountMenu } from './people/account-menu.js'
import { VIEWER, ViewerContext } from './people/viewer.js'

const Runs = lazy(async () => ({ default: (await import('./pages/runs.js')).Runs }))
const NewSearch = lazy(async () => ({ default: (await import('./pages/new-search.js')).NewSearch }))
const NewTraining = lazy(async () => ({ default: (await import('./pages/new-training.js')).NewTraining }))
const Group = lazy(async () => ({ default: (await import('./pages/group.js')).Group }))
const Run = lazy(async () => ({ default: (await import('./pages/run.js')).Run }))
const Architecture = lazy(async () => ({ default: (await import('./pages/architecture.js')).Architecture }))
const Compare = lazy(async () => ({ default: (await import('./pages/compare.js')).Compare }))
const Board = lazy(async () => ({ default: (await import('./pages/board.js')).Board }))
const Boards = lazy(async () => ({ default: (await import('./pages/boards.js')).Boards }))
const Entry = lazy(async () => ({ default: (await import('./pages/entry.js')).Entry }))
const NewBoard = lazy(async () => ({ default: (await import('./pages/new-board.js')).NewBoard }))
const Study = lazy(async () => ({ default: (await import('./pages/study.js')).Study }))
const Api = lazy(async () => ({ default: (await import('./pages/api.js')).Api }))
const Account = lazy(async () => ({ default: (await import('./pages/account.js')).Account }))
const Invitation = lazy(async () => ({ default: (await import('./pages/invitation.js')).Invitation }))
const Share = lazy(async () => ({ default: (await import('./pages/share.js')).Share }))
const Team = lazy(async () => ({ default: (await import('./pages/team.js')).Team }))
const Teams = lazy(async () => ({ default: (await import('./pages/teams.js')).Teams }))
const Use = lazy(async () => ({ default: (await import('./pages/use.js')).Use }))

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const other = scheme === 'dark' ? 'light' : 'dark'
  return (
    <button
      type="button"
      className="button button-quiet button-icon"
      onClick={() => setColorScheme(other)}
      aria-label={`Switch to ${other} colours`}
    >
      <svg
        width="18"
        height="18"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        aria-hidden="true"
      >
        {scheme === 'dark' ? (
          <>
            <circle cx="12" cy="12" r="4" />
            <path d="M12 3v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4m0-12.8L17 7M7 17l-1.4 1.4" />
          </>
        ) : (
          <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" />
        )}
      </svg>
    </button>
  )
}

/** Says a new page to screen readers by moving the focus to its main part, and begins at its top. */
function useFocusOnNavigation() {
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const first = useRef(pathname)
  useEffect(() => {
    if (first.current === pathname) return
    first.current = pathname
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [pathname])
  return main
}

export function App() {
  const main = useFocusOnNavigation()
  const [{ data, error, fetching }, askAgain] = useQuery({ query: VIEWER })
  const viewer = data?.viewer ?? null
  const signedIn = viewer !== null
  const askViewer = () => askAgain({ requestPolicy: 'network-only' })
  const backend = data?.server.backend
  return (
    <ViewerContext value={viewer}>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="bar">
        <div className="bar-inner">
          <Link to="/" className="brand">
            <img src="/favicon.svg" width="26" height="26" alt="" /> Cellboard
          </Link>
          {signedIn && (
            <nav aria-label="Main">
              <NavLink to="/" end>
                Runs
              </NavLink>
              <NavLink to="/boards">Boards</NavLink>
              <NavLink to="/new">
                <span className="nav-new">New </span>search
              </NavLink>
              <NavLink to="/new-training">
                <span className="nav-new">New </span>training
              </NavLink>
            </nav>
          )}
          <span className="bar-space" />
          <SchemeToggle />
          {viewer && <AccountMenu viewer={viewer} />}
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<p className="loading">Loading…</p>}>
          <Routes>
            <Route path="/sign-in" element={<SignIn onSignedIn={askAgain} />} />
            <Route path="/share/:secret" element={<Share />} />
            {(signedIn || !fetching) && (
              <>
                <Route path="/compare" element={<Compare />} />
                <Route path="/studies/:id" element={<Study />} />
                <Route path="/invitation/:secret" element={<Invitation onChange={askViewer} />} />
                {/* Strangers see these where they are public or were shared with them. */}
                <Route path="/boards/:id" element={<Board />} />
                <Route path="/entries/:id" element={<Entry />} />
                <Route path="/groups/:id" element={<Group />} />
                <Route path="/architectures/:id" element={<Architecture />} />
                <Route path="/runs/:id" element={<Run />} />
              </>
            )}
            {signedIn ? (
              <>
                <Route path="/" element={<Runs />} />
                <Route path="/boards" element={<Boards />} />
                <Route path="/new-board" element={<NewBoard />} />
                <Route path="/new" element={<NewSearch />} />
                <Route path="/new-training" element={<NewTraining />} />
                <Route path="/graphql" element={<Api />} />
                <Route path="/account" element={<Account onChange={askViewer} />} />
                <Route path="/teams" element={<Teams onChange={askViewer} />} />
                <Route path="/teams/:slug" element={<Team onChange={askViewer} />} />
                <Route path="/runs/:id/use" element={<Use />} />
                <Route path="*" element={<NotFound />} />
              </>
            ) : (
              <Route
                path="*"
                element={
                  fetching ? (
                    <p className="loading">Loading…</p>
                  ) : (
                    <SignedOut unreachable={Boolean(error)} onAgain={askViewer} />
                  )
                }
              />
            )}
          </Routes>
        </Suspense>
      </main>
      <footer className="foot">
        {data && (
          <p>
            Cellboard {data.server.version}
            {backend && ` · computes on ${backend.name} ${backend.version}, ${backend.device}`}
            {backend?.note && ` · ${backend.note}`}
          </p>
        )}
      </footer>
    </ViewerContext>
  )
}
