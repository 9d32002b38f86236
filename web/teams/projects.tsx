// The projects of a team, and who sees them.
import { useState } from 'react'
import { Link } from 'react-router'
import { graphql } from '../graphql.js'
import { Confirm } from '../people/confirm.js'
import { FormEnd, FormField } from '../people/form-field.js'
import { useDeed } from '../people/use-deed.js'
import { isAtLeast } from '../people/viewer.js'
import type { TeamFacts } from './team-query.js'

const CREATE = graphql(`
  mutation CreateProject($team: ID!, $name: String!) {
    createProject(team: $team, name: $name) {
      id
    }
  }
`)

const SET = graphql(`
  mutation SetProject($id: ID!, $visibility: Visibility) {
    setProject(id: $id, visibility: $visibility) {
      visibility
    }
  }
`)

export function Projects({ team, onChange }: { team: TeamFacts; onChange: () => void }) {
  const [name, setName] = useState('')
  const create = useDeed(CREATE)
  const set = useDeed(SET)
  const make = async () => {
    if (!(await create.run({ team: team.id, name }))) return
    setName('')
    onChange()
  }
  return (
    <section className="card" aria-labelledby="projects-title">
      <div className="card-head">
        <h2 id="projects-title">Projects</h2>
      </div>
      <ul className="lines">
        {team.projects.map((project) => (
          <li key={project.id}>
            <span className="line-main">
              <Link to={`/?project=${encodeURIComponent(project.id)}`}>{project.name}</Link>{' '}
              <span className="badge-plain">
                {project.visibility === 'PUBLIC' ? 'public: read by everybody' : 'private'}
              </span>
            </span>
            {isAtLeast(team.role, project.visibility === 'PUBLIC' ? 'MAINTAINER' : 'OWNER') && (
              <Confirm
                action={project.visibility === 'PUBLIC' ? 'Make private' : 'Make public'}
                label={`${project.visibility === 'PUBLIC' ? 'Make private:' : 'Make public:'} ${project.name}`}
                title={`${project.name}: ${project.visibility === 'PUBLIC' ? 'only the team?' : 'for everybody?'}`}
                onConfirm={() =>
                  set.run({ id: project.id, visibility: project.visibility === 'PUBLIC' ? 'PRIVATE' : 'PUBLIC' })
                }
                onDone={onChange}
                problem={set.problem}
              >
                {project.visibility === 'PUBLIC'
                  ? 'Whoever is not in the team sees nothing of it from now on.'
                  : 'Everybody who reaches this server will read all of its runs, without signing in.'}
              </Confirm>
            )}
          </li>
        ))}
      </ul>
      {isAtLeast(team.role, 'MAINTAINER') && (
        <form
          className="plain-form"
          onSubmit={(event) => {
            event.preventDefault()
            void make()
          }}
        >
          <FormField label="New project" value={name} onText={setName} problem={create.fields.name} required />
          <FormEnd disabled={create.busy} problem={create.problem}>
            Make the project
          </FormEnd>
        </form>
      )}
    </section>
  )
}
