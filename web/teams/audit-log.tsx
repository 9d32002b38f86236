// Who did what in a team, the newest first.
import { useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { clockText } from '../charts/number-text.js'
import { ChoiceField } from '../people/form-field.js'
import { AUDITED, auditText, reasonOf } from './audit-text.js'
import { AUDIT, type AuditLine, type TeamFacts } from './team-query.js'
import { whyOf } from '../why.js'

export function AuditLog({ team }: { team: TeamFacts }) {
  const client = useClient()
  const [action, setAction] = useState('')
  const [lines, setLines] = useState<readonly AuditLine[]>([])
  const [more, setMore] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const latest = useRef(0)
  const load = async (after: string | null, before: readonly AuditLine[]) => {
    const asked = { slug: team.slug, after, action: action || null }
    const number = ++latest.current
    const { data, error } = await client.query(AUDIT, asked).toPromise()
    // What was asked for before and answered after is no longer wanted.
    if (number !== latest.current) return
    setProblem(error ? whyOf(error) : null)
    if (!data) return
    const { edges, pageInfo } = data.team.audit
    setLines([...before, ...edges.map(({ node }) => node)])
    setMore(pageInfo.hasNextPage ? pageInfo.endCursor : null)
  }
  useEffect(() => void load(null, []), [team.slug, action])
  return (
    <section className="card" aria-labelledby="audit-title">
      <div className="card-head">
        <h2 id="audit-title">Audit log</h2>
        <span className="quiet">who did what; nobody can change it</span>
      </div>
      <div className="plain-form">
        <ChoiceField
          label="Show"
          value={action}
          choices={[
            { value: '', text: 'everything' },
            ...AUDITED.map((one) => ({ value: one, text: auditText({ action: one, detail: {} }) })),
          ]}
          onChoice={setAction}
        />
      </div>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <ul className="lines">
        {lines.map((line) => (
          <li key={line.id}>
            <time className="quiet number audit-time" dateTime={line.time}>
              {clockText(Date.parse(line.time))}
            </time>
            <span className="line-main">
              <b>{line.user?.name ?? 'the server'}</b> {auditText(line)} {line.subject && <code>{line.subject}</code>}
              {line.token && <span className="badge-plain">by token</span>}
              {reasonOf(line) && <span className="quiet"> · {reasonOf(line)}</span>}
            </span>
          </li>
        ))}
        {lines.length === 0 && <li className="quiet">Nothing of this kind so far.</li>}
      </ul>
      {more && (
        <button type="button" className="button button-quiet" onClick={() => void load(more, lines)}>
          Show older entries
        </button>
      )}
    </section>
  )
}
