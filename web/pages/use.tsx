// A trained network tried on pictures: one is dropped, pasted or chosen, and the classes are computed here in the browser.
import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useQuery } from 'urql'
import { percentText } from '../charts/number-text.js'
import { graphql } from '../graphql.js'
import { Answers } from '../predict/answers.js'
import type { Network, Sight } from '../predict/network.js'
import { PictureDrop } from '../predict/picture-drop.js'
import '../predict/predict.css'
import { readPicture } from '../predict/read-picture.js'
import { NotShown } from './not-shown.js'
import '../run/run.css'
import { whyOf } from '../why.js'

const NETWORK = graphql(`
  query NetworkOfRun($id: ID!) {
    run(id: $id) {
      id
      name
      files {
        name
        url
      }
      metrics {
        name
        last
      }
      ... on Training {
        dataset {
          title
        }
      }
    }
  }
`)

/** The network of a model.json, loaded once; null while it comes. */
function useNetwork(url: string | undefined): { network: Network | null; problem: string | null } {
  const [network, setNetwork] = useState<Network | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (!url) return
    let left = false
    let loaded: Network | undefined
    import('../predict/network.js')
      .then(({ loadNetwork }) => loadNetwork(url))
      .then(
        (one) => {
          loaded = one
          if (left) one.dispose()
          else setNetwork(one)
        },
        (error: Error) => !left && setProblem(`The network cannot be loaded: ${error.message}`),
      )
    return () => {
      left = true
      loaded?.dispose()
    }
  }, [url])
  return { network, problem }
}

export function Use() {
  const { id = '' } = useParams()
  const [{ data, error, fetching }] = useQuery({ query: NETWORK, variables: { id } })
  const run = data?.run
  const url = run?.files.find((file) => file.name === 'model.json')?.url
  const { network, problem: unloaded } = useNetwork(url)
  const [file, setFile] = useState<File | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const [sight, setSight] = useState<Sight | null>(null)
  const [unread, setUnread] = useState<string | null>(null)

  useEffect(() => {
    if (!file || !network) return
    let left = false
    const address = URL.createObjectURL(file)
    setSight(null)
    setShown(null)
    setUnread(null)
    readPicture(file)
      .then((picture) => {
        if (!left) setShown(address)
        return network.look(picture)
      })
      .then(
        (seen) => !left && setSight(seen),
        (error: Error) => !left && setUnread(error.message),
      )
    return () => {
      left = true
      URL.revokeObjectURL(address)
    }
  }, [file, network])

  if (!run)
    return error ? (
      <NotShown what="network" why={whyOf(error)} />
    ) : (
      <p className="loading">{fetching ? 'Loading…' : ''}</p>
    )
  const back = `/runs/${encodeURIComponent(id)}`
  const accuracy = run.metrics.find((metric) => metric.name === 'test-accuracy')?.last
  return (
    <div className="page">
      <title>{`Try ${run.name} · Cellboard`}</title>
      <header className="run-header">
        <h1>Try it on a picture</h1>
        <p className="quiet">
          <Link to={back}>{run.name}</Link>
          {'dataset' in run && ` · knows the classes of ${run.dataset.title}`}
          {accuracy != null && ` · right on ${percentText(accuracy)} of its test images`}
        </p>
      </header>
      {url ? (
        <div className="use-pair">
          <PictureDrop shown={shown} onPicture={setFile} />
          <section className="card use-answers" aria-label="What it sees">
            {unread ? (
              <p className="problem" role="alert">
                {unread}
              </p>
            ) : unloaded ? (
              <p className="problem" role="alert">
                {unloaded}
              </p>
            ) : sight && network ? (
              <Answers sight={sight} facts={network.facts} backend={network.backend} />
            ) : (
              <p className="note" role="status">
                {file ? 'Looking…' : network ? 'Give it a picture to see what it makes of it.' : 'Loading the network…'}
              </p>
            )}
          </section>
        </div>
      ) : (
        <p className="note">
          This run has no network for browsers: it is written at the end of a training with TensorFlow.js among its
          formats. <Link to={back}>Back to the run</Link>
        </p>
      )}
    </div>
  )
}
