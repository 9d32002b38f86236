// One's teams, and a new one.
import { slugSchema } from '@cellboard/schema/people'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { graphql } from '../graphql.js'
import { FormEnd, FormField } from '../people/form-field.js'
import { useDeed } from '../people/use-deed.js'
import { useViewer } from '../people/viewer.js'
import '../people/people.css'
import '../settings/settings.css'

const CREATE = graphql(`
  mutation CreateTeam($slug: String!, $name: String!) {
    createTeam(slug: $slug, name: $name) {
      slug
    }
  }
`)

const slugOf = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)

export function Teams({ onChange }: { onChange: () => void }) {
  const viewer = useViewer()!
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [slug, setSlug] = useState<string | null>(null)
  const { busy, problem, fields, run } = useDeed(CREATE)
  const chosen = slug ?? slugOf(name)
  const wrong = chosen === '' ? undefined : slugSchema.safeParse(chosen).error?.issues[0]?.message
  const create = async () => {
    const data = await run({ slug: chosen, name })
    if (!data) return
    onChange()
    await navigate(`/teams/${data.createTeam.slug}`)
  }
  return (
    <div className="page">
      <title>Teams · Cellboard</title>
      <h1>Teams</h1>
      <section className="card" aria-label="Your teams">
        <ul className="lines">
          {viewer.memberships.map(({ team, role }) => (
            <li key={team.id}>
              <span className="line-main">
                <Link to={`/teams/${team.slug}`}>{team.name}</Link> <code className="quiet">{team.slug}</code>
              </span>
              <span className="badge-plain">{role.toLowerCase()}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="new-team-title">
        <div className="card-head">
          <h2 id="new-team-title">New team</h2>
        </div>
        <form
          className="plain-form"
          onSubmit={(event) => {
            event.preventDefault()
            void create()
          }}
        >
          <FormField label="Name" value={name} onText={setName} problem={fields.name} required />
          <FormField label="In addresses" value={chosen} onText={setSlug} problem={fields.slug ?? wrong} required />
          <FormEnd disabled={busy || wrong !== undefined} problem={Object.keys(fields).length === 0 && problem}>
            Make the team
          </FormEnd>
        </form>
      </section>
    </div>
  )
}
