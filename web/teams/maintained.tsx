// What maintainers look after: accounts for programs, with their tokens, and links that show single things to outsiders.
import { useState } from 'react'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { clockText } from '../charts/number-text.js'
import { graphql } from '../graphql.js'
import { Confirm } from '../people/confirm.js'
import { ChoiceField, FormEnd, FormField } from '../people/form-field.js'
import { NewToken } from '../people/new-token.js'
import { TokenList } from '../people/token-list.js'
import { useDeed } from '../people/use-deed.js'
import { useViewer, type RoleName } from '../people/viewer.js'
import { MAINTAINED, type TeamFacts } from './team-query.js'

const CREATE = graphql(`
  mutation CreateServiceAccount($team: ID!, $name: String!, $role: Role!) {
    createServiceAccount(team: $team, name: $name, role: $role) {
      role
    }
  }
`)

const REMOVE = graphql(`
  mutation RemoveServiceAccount($team: ID!, $user: ID!) {
    removeMember(team: $team, user: $user)
  }
`)

const REVOKE_LINK = graphql(`
  mutation RevokeShareLink($id: ID!) {
    revokeShareLink(id: $id) {
      id
    }
  }
`)

export function Maintained({ team }: { team: TeamFacts }) {
  const viewer = useViewer()
  const [{ data }, ask] = useQuery({ query: MAINTAINED, variables: { slug: team.slug } })
  const [name, setName] = useState('')
  const [role, setRole] = useState<RoleName>('MEMBER')
  const create = useDeed(CREATE)
  const remove = useDeed(REMOVE)
  const revoke = useDeed(REVOKE_LINK)
  const askAgain = () => ask({ requestPolicy: 'network-only' })
  const projects = viewer?.projects.filter(({ id }) => team.projects.some((one) => one.id === id)) ?? []
  return (
    <>
      <section className="card" aria-labelledby="service-title">
        <div className="card-head">
          <h2 id="service-title">Service accounts</h2>
          <span className="quiet">for programs that work for the team, whoever comes and goes</span>
        </div>
        {data?.team.serviceAccounts.map(({ user, role: has, tokens }) => (
          <details key={user.id} className="fold">
            <summary>
              {user.name} <span className="badge-plain">{has.toLowerCase()}</span>{' '}
              <span className="quiet">{tokens.length === 1 ? '1 token' : `${tokens.length} tokens`}</span>
            </summary>
            <TokenList tokens={tokens} onChange={askAgain} />
            <NewToken projects={projects} serviceAccount={user.id} onMade={askAgain} />
            <Confirm
              action="Remove"
              label={`Remove ${user.name}`}
              title={`Remove ${user.name}?`}
              onConfirm={() => remove.run({ team: team.id, user: user.id })}
              onDone={askAgain}
              problem={remove.problem}
            >
              All of its tokens are good for nothing from then on.
            </Confirm>
          </details>
        ))}
        <form
          className="plain-form"
          onSubmit={(event) => {
            event.preventDefault()
            void create.run({ team: team.id, name, role }).then((made) => {
              if (!made) return
              setName('')
              askAgain()
            })
          }}
        >
          <FormField label="New account" value={name} onText={setName} problem={create.fields.name} required />
          <ChoiceField
            label="As"
            value={role}
            choices={(['VIEWER', 'MEMBER', 'MAINTAINER'] as const).map((one) => ({
              value: one,
              text: one.toLowerCase(),
            }))}
            onChoice={(next) => setRole(next as RoleName)}
          />
          <FormEnd disabled={create.busy} problem={create.problem}>
            Make the account
          </FormEnd>
        </form>
      </section>
      <section className="card" aria-labelledby="links-title">
        <div className="card-head">
          <h2 id="links-title">Share links</h2>
          <span className="quiet">made with Share on a run, a group, a study or a board</span>
        </div>
        <ul className="lines">
          {data?.team.shareLinks.map((link) => (
            <li key={link.id}>
              <span className="line-main">
                <Subject subject={link.subject} /> {link.note && `for ${link.note}`}
                <br />
                <span className="quiet">
                  by {link.createdBy?.name ?? 'somebody'} · until {clockText(Date.parse(link.expiresAt))}
                </span>
              </span>
              <Confirm
                action="Revoke"
                label={`Revoke the link to ${nameOf(link.subject)}`}
                title="Revoke this link?"
                onConfirm={() => revoke.run({ id: link.id })}
                onDone={askAgain}
                problem={revoke.problem}
              >
                Whoever looks at it now sees nothing more.
              </Confirm>
            </li>
          ))}
          {data?.team.shareLinks.length === 0 && <li className="quiet">Nothing is shared.</li>}
        </ul>
      </section>
    </>
  )
}

/** By the beginning of a global id. */
const PAGES: Readonly<Record<string, string>> = { group: 'groups', study: 'studies', board: 'boards' }

type SubjectFacts = { readonly id: string; readonly name?: string } | null
const nameOf = (subject: SubjectFacts) => subject?.name ?? 'something that is gone'

function Subject({ subject }: { subject: SubjectFacts }) {
  if (!subject) return <>something that is gone</>
  const page = PAGES[subject.id.split('-')[0]!] ?? 'runs'
  return <Link to={`/${page}/${encodeURIComponent(subject.id)}`}>{nameOf(subject)}</Link>
}
