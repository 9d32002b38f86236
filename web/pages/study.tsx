// A study: groups of runs side by side, what they come to by a metric, and the notes on it.
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../graphql.js'
import { Confirm } from '../people/confirm.js'
import { FormEnd, FormField } from '../people/form-field.js'
import { SubmitButton } from '../board/submit-button.js'
import { ShareButton } from '../people/share-button.js'
import { useDeed } from '../people/use-deed.js'
import { isAtLeast } from '../people/viewer.js'
import { shownFigure } from '../runs/best-of.js'
import '../people/people.css'
import '../runs/runs.css'
import '../settings/settings.css'
import { NotShown } from './not-shown.js'
import { whyOf } from '../why.js'

const STUDY = graphql(`
  query Study($id: ID!, $metric: String!) {
    study(id: $id) {
      id
      name
      notes
      project {
        name
        role
        team {
          slug
          name
        }
      }
      groups {
        label
        group {
          id
          name
          runs {
            id
            seed
            metrics {
              name
            }
          }
        }
      }
      figures(metric: $metric) {
        mean
        deviation
        n
        of {
          group {
            id
          }
        }
      }
    }
  }
`)

const SET = graphql(`
  mutation SetStudy($id: ID!, $notes: String) {
    setStudy(id: $id, notes: $notes) {
      id
    }
  }
`)

const PUT = graphql(`
  mutation PutIntoStudy($study: ID!, $group: ID!, $label: String) {
    putIntoStudy(study: $study, group: $group, label: $label) {
      id
    }
  }
`)

const TAKE = graphql(`
  mutation TakeOutOfStudy($study: ID!, $group: ID!) {
    takeOutOfStudy(study: $study, group: $group) {
      id
    }
  }
`)

const REMOVE = graphql(`
  mutation RemoveStudy($id: ID!) {
    removeStudy(id: $id)
  }
`)

export function Study() {
  const { id = '' } = useParams()
  const navigate = useNavigate()
  const [metric, setMetric] = useState('accuracy')
  const [{ data, error }, ask] = useQuery({ query: STUDY, variables: { id, metric } })
  const [notes, setNotes] = useState<string | null>(null)
  const [group, setGroup] = useState('')
  const [label, setLabel] = useState('')
  const set = useDeed(SET)
  const put = useDeed(PUT)
  const take = useDeed(TAKE)
  const remove = useDeed(REMOVE)
  const askAgain = () => ask({ requestPolicy: 'network-only' })
  if (error && !data) return <NotShown what="study" why={whyOf(error)} />
  if (!data) return <p className="loading">Loading…</p>
  const { study } = data
  const mayChange = isAtLeast(study.project?.role, 'MEMBER')
  const names = [
    ...new Set(study.groups.flatMap((one) => one.group.runs.flatMap((run) => run.metrics.map(({ name }) => name)))),
  ].sort()
  const figureOf = (groupId: string) => study.figures.find(({ of }) => of.group.id === groupId)
  return (
    <div className="page">
      <title>{`${study.name} · Cellboard`}</title>
      <header className="run-header">
        {study.project === null && <p className="read-only">Shared with you, for reading.</p>}
        <div className="page-head">
          <h1>{study.name}</h1>
          <span className="bar-space" />
          {mayChange && <SubmitButton subject={study.id} kind="STUDY" />}
          {isAtLeast(study.project?.role, 'MAINTAINER') && <ShareButton subject={study.id} noun="study" />}
          {mayChange && (
            <Confirm
              action="Remove"
              title="Remove this study?"
              onConfirm={() => remove.run({ id })}
              onDone={() => navigate(`/teams/${study.project!.team.slug}`)}
              problem={remove.problem}
            >
              Its groups and their runs stay as they are.
            </Confirm>
          )}
        </div>
        {study.project && (
          <p className="quiet">
            Study in <Link to={`/teams/${study.project.team.slug}`}>{study.project.team.name}</Link> /{' '}
            {study.project.name}
          </p>
        )}
      </header>
      <section className="card" aria-labelledby="groups-title">
        <div className="card-head">
          <h2 id="groups-title">Side by side</h2>
          {names.length > 0 && (
            <label className="project-choice">
              <span className="quiet">by</span>
              <select value={metric} onChange={(event) => setMetric(event.target.value)}>
                {[...new Set([metric, ...names])].map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
        <div className="scroll-x" tabIndex={0} role="region" aria-label="Table of groups">
          <table className="compare-table number">
            <thead>
              <tr>
                <th scope="col">Group</th>
                <th scope="col">Mean</th>
                <th scope="col">Deviation</th>
                <th scope="col">Seeds</th>
                {mayChange && (
                  <th scope="col">
                    <span className="sr-only">Take out</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {study.groups.map(({ group: one, label: called }) => {
                const figure = figureOf(one.id)
                return (
                  <tr key={one.id}>
                    <td>
                      <Link to={`/groups/${encodeURIComponent(one.id)}`}>{called || one.name}</Link>
                    </td>
                    <td>{figure?.mean == null ? '–' : shownFigure(figure.mean)}</td>
                    <td>{figure?.deviation == null ? '–' : shownFigure(figure.deviation)}</td>
                    <td>{figure?.n ?? 0}</td>
                    {mayChange && (
                      <td>
                        <button
                          type="button"
                          className="button button-quiet button-small"
                          aria-label={`Take out ${called || one.name}`}
                          onClick={() => void take.run({ study: id, group: one.id }).then(askAgain)}
                        >
                          Take out
                        </button>
                      </td>
                    )}
                  </tr>
                )
              })}
              {study.groups.length === 0 && (
                <tr>
                  <td colSpan={5} className="quiet">
                    No groups so far.
                  </td>
                </tr>
              )}
            </tbody>
          </table>
        </div>
        {mayChange && (
          <form
            className="plain-form"
            onSubmit={(event) => {
              event.preventDefault()
              void put.run({ study: id, group: group.trim(), label }).then((done) => {
                if (!done) return
                setGroup('')
                setLabel('')
                askAgain()
              })
            }}
          >
            <FormField
              label="Group to put in"
              value={group}
              onText={setGroup}
              placeholder="group-3"
              note="As in its page's address."
              required
            />
            <FormField label="Called" value={label} onText={setLabel} maxLength={100} placeholder="with clusters" />
            <FormEnd disabled={put.busy} problem={put.problem ?? take.problem}>
              Put in
            </FormEnd>
          </form>
        )}
      </section>
      <section className="card" aria-labelledby="notes-title">
        <div className="card-head">
          <h2 id="notes-title">Notes</h2>
        </div>
        {mayChange ? (
          <form
            className="stack field"
            onSubmit={(event) => {
              event.preventDefault()
              void set.run({ id, notes: notes ?? study.notes }).then((done) => {
                if (!done) return
                setNotes(null)
                askAgain()
              })
            }}
          >
            <textarea
              aria-label="Notes"
              rows={6}
              maxLength={20_000}
              value={notes ?? study.notes}
              onChange={(event) => setNotes(event.target.value)}
            />
            <div>
              <button type="submit" className="button" disabled={set.busy || notes === null}>
                Save
              </button>{' '}
              {set.problem && (
                <span className="problem" role="alert">
                  {set.problem}
                </span>
              )}
            </div>
          </form>
        ) : (
          <p style={{ whiteSpace: 'pre-wrap' }}>{study.notes || 'None.'}</p>
        )}
      </section>
    </div>
  )
}
