// Opens a share link, once, and goes to what it shows.
import { useEffect, useRef } from 'react'
import { useNavigate, useParams } from 'react-router'
import { graphql } from '../graphql.js'
import { useDeed } from '../people/use-deed.js'
import { NotShown } from './not-shown.js'

const OPEN = graphql(`
  mutation OpenShareLink($secret: String!) {
    openShareLink(secret: $secret) {
      id
    }
  }
`)

const PAGES = [
  [/^(search|training|logged)-/, 'runs'],
  [/^group-/, 'groups'],
  [/^study-/, 'studies'],
  [/^board-/, 'boards'],
] as const

export function Share() {
  const { secret = '' } = useParams()
  const navigate = useNavigate()
  const { problem, run } = useDeed(OPEN)
  const opened = useRef(false)
  useEffect(() => {
    if (opened.current) return
    opened.current = true
    void run({ secret }).then((data) => {
      const id = data?.openShareLink.id
      const page = PAGES.find(([pattern]) => id && pattern.test(id))?.[1]
      if (id && page) void navigate(`/${page}/${encodeURIComponent(id)}`, { replace: true })
    })
  })
  if (problem) return <NotShown what="link" why="It was revoked, or is too old. Ask for another." />
  return <p className="loading">Opening what was shared with you…</p>
}
