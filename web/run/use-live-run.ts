// A run as it is now: history first, then the live feed from there on; after a lost line it asks again from the last number.
import { isEnded } from '@cellboard/schema/run-state'
import { useEffect, useState } from 'react'
import { follow, type Subscriber } from '../follow.js'
import { graphql } from '../graphql.js'
import { takeFrame, type LiveRun } from './live-run.js'

export const RUN_FEED = graphql(`
  subscription RunFeed($runs: [ID!]!, $after: [RunCursorInput!]) {
    runFeed(runs: $runs, after: $after) {
      cursors {
        run
        number
      }
      events {
        run
        number
        time
        type
        data
      }
      points {
        run
        metric
        steps
        values
      }
      progress {
        run
        progress {
          done
          total
          preparing
          etaSeconds
        }
      }
    }
  }
`)

/** Loads a run's history; the page hands it in with its own queries. Rejects with an Error that says why. */
export type LoadHistory<Facts> = (id: string, signal: AbortSignal) => Promise<{ facts: Facts; live: LiveRun }>

export interface UseLiveRun<Facts> {
  /** What does not change while the run goes on; null until loaded. */
  facts: Facts | null
  live: LiveRun | null
  error: string | null
  reconnecting: boolean
}

const NOTHING = { facts: null, live: null, error: null, reconnecting: false }

/** @param load must be the same function at every rendering: changing it starts anew. */
export function useLiveRun<Facts>(
  id: string,
  load: LoadHistory<Facts>,
  subscriber: Subscriber,
  wait?: (tries: number) => number,
): UseLiveRun<Facts> {
  const [run, setRun] = useState<UseLiveRun<Facts>>(NOTHING)
  useEffect(() => {
    const leaving = new AbortController()
    let stop = () => {}
    setRun(NOTHING)
    load(id, leaving.signal).then(
      ({ facts, live: loaded }) => {
        if (leaving.signal.aborted) return
        let live = loaded
        let drawing = 0
        // A burst of frames is drawn once, at the next picture of the screen.
        const draw = () => {
          drawing ||= requestAnimationFrame(() => {
            drawing = 0
            setRun((before) => ({ ...before, live }))
          })
        }
        setRun({ ...NOTHING, facts, live })
        if (isEnded(live.seen.state)) return
        const unfollow = follow(subscriber, RUN_FEED, {
          variables: () => ({ runs: [id], after: [{ run: id, number: live.cursor }] }),
          data: ({ runFeed }) => {
            live = takeFrame(live, id, runFeed)
            draw()
          },
          lost: (reconnecting) => setRun((before) => ({ ...before, reconnecting })),
          done: () => isEnded(live.seen.state),
          refused: (error) => {
            cancelAnimationFrame(drawing)
            setRun({ ...NOTHING, error })
          },
          ...(wait && { wait }),
        })
        stop = () => {
          unfollow()
          cancelAnimationFrame(drawing)
        }
      },
      (error: Error) => {
        if (!leaving.signal.aborted) setRun({ ...NOTHING, error: error.message })
      },
    )
    return () => {
      leaving.abort()
      stop()
    }
  }, [id, load, subscriber, wait])
  return run
}
