// Tells when runs that a page shows have appeared or changed, no faster than a page can ask anew.
import { useEffect, useRef } from 'react'
import { socket } from '../client.js'
import { follow } from '../follow.js'
import { graphql, type ResultOf } from '../graphql.js'

const RUN_OF_PAGE_CHANGED = graphql(`
  subscription RunOfPageChanged {
    runChanged {
      id
      architecture {
        id
      }
      ... on Training {
        search {
          id
        }
      }
    }
  }
`)

export type ChangedRun = ResultOf<typeof RUN_OF_PAGE_CHANGED>['runChanged']

/** At most so often is a page asked for while its runs move, milliseconds. */
const PACE = 1500

/** @param matters whether a change of this run is one of what the page shows */
export function useRunChanges(matters: (run: ChangedRun) => boolean, again: () => void): void {
  const latest = useRef({ matters, again })
  latest.current = { matters, again }
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        latest.current.again()
      }, PACE)
    }
    const leave = follow(socket, RUN_OF_PAGE_CHANGED, {
      variables: () => ({}),
      data: ({ runChanged }) => latest.current.matters(runChanged) && soon(),
      // What changed before the line stood, or while it was lost, is asked for.
      lost: (lost) => !lost && latest.current.again(),
    })
    return () => {
      clearTimeout(timer)
      leave()
    }
  }, [])
}
