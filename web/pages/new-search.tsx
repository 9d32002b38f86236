// A new search: all its settings, what it would cost, and the button that starts it.
import '../without-eval.js'
import type { Method, SearchSettingsInput } from '@cellboard/schema/settings'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useMutation, useQuery } from 'urql'
import { graphql } from '../graphql.js'
import { ProjectChoice, useProjectChoice } from '../people/project-choice.js'
import '../people/people.css'
import { SearchForm, type StartInput } from '../search/search-form.js'
import { whyOf } from '../why.js'

const DATASETS = graphql(`
  query Datasets {
    datasets {
      name
      available
      folder
    }
  }
`)

const PREVIEW = graphql(`
  query PreviewSearch($input: SearchInput!) {
    previewSearch(input: $input) {
      stages {
        index
        cells
        channels
        parameters
        multiplyAdds
      }
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
  mutation StartSearch($input: SearchInput!, $seeds: [Int!], $project: ID) {
    startSearch(input: $input, seeds: $seeds, project: $project) {
      id
      group {
        id
      }
    }
  }
`)

/** The API names the methods by enum, the settings by word. */
const asInput = ({ method, ...rest }: StartInput) => ({
  ...rest,
  ...(method && { method: method.toUpperCase() as Uppercase<Method> }),
})

export function NewSearch() {
  const navigate = useNavigate()
  const [{ data, error }] = useQuery({ query: DATASETS })
  const [asked, setAsked] = useState<SearchSettingsInput | null>(null)
  const [preview] = useQuery({ query: PREVIEW, variables: { input: asInput(asked ?? {}) }, pause: asked === null })
  const [started, start] = useMutation(START)
  const place = useProjectChoice()
  const onStart = async (input: StartInput, seeds: readonly number[]) => {
    const { data } = await start({
      input: asInput(input),
      seeds: seeds.length > 1 ? [...seeds] : null,
      project: place.project,
    })
    if (!data) return
    const { id, group } = data.startSearch
    await navigate(group ? `/groups/${encodeURIComponent(group.id)}` : `/runs/${encodeURIComponent(id)}`)
  }
  return (
    <div className="page">
      <title>New search · Cellboard</title>
      <div className="page-head">
        <h1>New search</h1>
        <ProjectChoice {...place} />
      </div>
      {error && (
        <p className="problem" role="alert">
          {whyOf(error)}
        </p>
      )}
      {data && (
        <SearchForm
          datasets={data.datasets}
          onPreview={setAsked}
          preview={preview.data?.previewSearch ?? null}
          onStart={(input, seeds) => void onStart(input, seeds)}
          starting={started.fetching}
          refusal={started.error ? whyOf(started.error) : null}
        />
      )}
    </div>
  )
}
