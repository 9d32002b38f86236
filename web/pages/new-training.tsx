// A new training: the cell, of one's own or as a search found it, all its settings, what it would cost, and the button that starts it.
import '../without-eval.js'
import type { Genotype } from '@cellboard/schema/genotype'
import type { TrainingSettingsInput } from '@cellboard/schema/training-settings'
import { useMemo, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useMutation, useQuery } from 'urql'
import { graphql } from '../graphql.js'
import { ProjectChoice, useProjectChoice } from '../people/project-choice.js'
import '../people/people.css'
import { TrainingForm, type FoundBy, type StartTraining } from '../training/training-form.js'
import { whyOf } from '../why.js'

const CHOICES = graphql(`
  query TrainingChoices {
    trainingDatasets {
      name
      available
      folder
    }
    publishedGenotypes
  }
`)

const FOUND_CELL = graphql(`
  query FoundCell($id: ID!) {
    run(id: $id) {
      id
      name
      ... on Search {
        genotype {
          text
        }
        dataset {
          name
        }
      }
    }
  }
`)

const PREVIEW = graphql(`
  query PreviewTraining($input: TrainingInput!) {
    previewTraining(input: $input) {
      genotype {
        text(style: JSON)
      }
      parameters
      multiplyAdds
      steps
      memoryMB
      seconds
      problems {
        field
        message
      }
    }
  }
`)

const START = graphql(`
  mutation StartTraining($input: TrainingInput!, $seeds: [Int!], $search: ID, $project: ID) {
    startTraining(input: $input, seeds: $seeds, search: $search, project: $project) {
      id
      group {
        id
      }
    }
  }
`)

/** The search that the address names, with its cell; undefined while it is asked for, null where none is named. */
function useFoundCell(): { from: FoundBy | null | undefined; problem: string | null } {
  const [parameters] = useSearchParams()
  const id = parameters.get('search') ?? ''
  const [{ data, error }] = useQuery({ query: FOUND_CELL, variables: { id }, pause: id === '' })
  if (id === '') return { from: null, problem: null }
  if (error) return { from: undefined, problem: whyOf(error) }
  if (!data) return { from: undefined, problem: null }
  const { run } = data
  if (!('genotype' in run) || !run.genotype) return { from: undefined, problem: 'This run has found no cell so far.' }
  const { name, genotype, dataset } = run
  return { from: { id, name, genotype: genotype.text, dataset: dataset.name }, problem: null }
}

export function NewTraining() {
  const navigate = useNavigate()
  const { from, problem } = useFoundCell()
  const [{ data, error }] = useQuery({ query: CHOICES })
  const [asked, setAsked] = useState<TrainingSettingsInput | null>(null)
  const [preview] = useQuery({ query: PREVIEW, variables: { input: asked ?? {} }, pause: asked === null })
  const [started, start] = useMutation(START)
  const place = useProjectChoice()
  const told = preview.data?.previewTraining
  const text = told?.genotype?.text
  const genotype = useMemo(() => (text ? (JSON.parse(text) as Genotype) : null), [text])
  const onStart = async ({ input, seeds, search }: StartTraining) => {
    const { data } = await start({ input, seeds: seeds.length > 1 ? [...seeds] : null, search, project: place.project })
    if (!data) return
    const { id, group } = data.startTraining
    await navigate(group ? `/groups/${encodeURIComponent(group.id)}` : `/runs/${encodeURIComponent(id)}`)
  }
  const wrong = problem ?? (error && whyOf(error))
  return (
    <div className="page">
      <title>New training · Cellboard</title>
      <div className="page-head">
        <h1>New training</h1>
        <ProjectChoice {...place} />
        {from && (
          <span className="quiet">
            of the cell that <Link to={`/runs/${encodeURIComponent(from.id)}`}>{from.name}</Link> found
          </span>
        )}
      </div>
      {wrong && (
        <p className="problem" role="alert">
          {wrong}
        </p>
      )}
      {data && from !== undefined && (
        <TrainingForm
          key={from?.id ?? ''}
          datasets={data.trainingDatasets}
          published={data.publishedGenotypes}
          from={from}
          onPreview={setAsked}
          cost={told ?? null}
          genotype={genotype}
          onStart={(one) => void onStart(one)}
          starting={started.fetching}
          refusal={started.error ? whyOf(started.error) : null}
        />
      )}
    </div>
  )
}
