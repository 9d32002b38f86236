// The studies of a team's projects, and a new one.
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../graphql.js'
import { ChoiceField, FormEnd, FormField } from '../people/form-field.js'
import { useDeed } from '../people/use-deed.js'
import { isAtLeast } from '../people/viewer.js'
import type { TeamFacts } from './team-query.js'

const STUDIES = graphql(`
  query TeamStudies($slug: String!) {
    team(slug: $slug) {
      projects {
        id
        studies(first: 50) {
          edges {
            node {
              id
              name
            }
          }
        }
      }
    }
  }
`)

const CREATE = graphql(`
  mutation CreateStudy($project: ID!, $name: String!) {
    createStudy(project: $project, name: $name) {
      id
    }
  }
`)

export function Studies({ team }: { team: TeamFacts }) {
  const navigate = useNavigate()
  const [{ data }] = useQuery({ query: STUDIES, variables: { slug: team.slug } })
  const [name, setName] = useState('')
  const [project, setProject] = useState(team.projects[0]?.id ?? '')
  const create = useDeed(CREATE)
  const studies = data?.team.projects.flatMap((one) => one.studies.edges.map(({ node }) => node)) ?? []
  return (
    <section className="card" aria-labelledby="studies-title">
      <div className="card-head">
        <h2 id="studies-title">Studies</h2>
        <span className="quiet">groups of seeds side by side</span>
      </div>
      <ul className="lines">
        {studies.map((study) => (
          <li key={study.id}>
            <Link to={`/studies/${encodeURIComponent(study.id)}`}>{study.name}</Link>
          </li>
        ))}
      </ul>
      {isAtLeast(team.role, 'MEMBER') && (
        <form
          className="plain-form"
          onSubmit={(event) => {
            event.preventDefault()
            void create.run({ project, name }).then((made) => made && navigate(`/studies/${made.createStudy.id}`))
          }}
        >
          <FormField label="New study" value={name} onText={setName} problem={create.fields.name} required />
          <ChoiceField
            label="In"
            value={project}
            choices={team.projects.map((one) => ({ value: one.id, text: one.name }))}
            onChoice={setProject}
          />
          <FormEnd disabled={create.busy} problem={create.problem}>
            Make the study
          </FormEnd>
        </form>
      )}
    </section>
  )
}
