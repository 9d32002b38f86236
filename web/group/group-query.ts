// What the page of a group asks for: its runs with their results, what they come to together, and random search beside it.
import type { Genotype } from '@cellboard/schema/genotype'
import { graphql, type ResultOf } from '../graphql.js'

const GROUP_RUN = graphql(`
  fragment GroupRun on Search {
    id
    name
    state
    seed
    progress {
      done
      total
      preparing
      etaSeconds
    }
    metrics {
      name
      last
    }
    cost {
      seconds
      device
    }
    collapse {
      verdict
      since
    }
    candidates {
      validationAccuracy
    }
    space {
      title
    }
    dataset {
      title
    }
  }
`)

const GROUP_FACTS = graphql(
  `
    fragment GroupFacts on RunGroup {
      id
      name
      createdAt
      method
      runs {
        id
        ...GroupRun
      }
      cost {
        mean
        deviation
        n
      }
      genotypes {
        seeds
        genotype {
          text(style: JSON)
        }
      }
      loss: series(name: "loss", buckets: 400) {
        ...Band
      }
      accuracy: series(name: "accuracy", buckets: 400) {
        ...Band
      }
    }

    fragment Band on BandSeries {
      x
      mean
      min
      max
    }
  `,
  [GROUP_RUN],
)

export const GROUP = graphql(
  `
    query Group($id: ID!) {
      group(id: $id) {
        ...GroupFacts
        randomBaseline {
          ...GroupFacts
        }
        baselineOf {
          id
          name
        }
      }
    }
  `,
  [GROUP_FACTS],
)

export const START_BASELINE = graphql(`
  mutation StartRandomBaseline($group: ID!, $epochs: Int) {
    startRandomBaseline(group: $group, epochs: $epochs) {
      id
    }
  }
`)

export const RUN_OF_GROUP_CHANGED = graphql(`
  subscription RunOfGroupChanged {
    runChanged {
      id
    }
  }
`)

type Facts = ResultOf<typeof GROUP_FACTS>
export type GroupRun = Extract<Facts['runs'][number], { seed: number }>
export type Band = Facts['loss']

export interface Group extends Omit<Facts, 'runs' | 'genotypes'> {
  readonly runs: readonly GroupRun[]
  /** The one found most often first. */
  readonly found: readonly { readonly genotype: Genotype; readonly seeds: readonly number[] }[]
}

export const groupFrom = ({ runs, genotypes, ...facts }: Facts): Group => ({
  ...facts,
  runs: runs.filter((run): run is GroupRun => 'seed' in run),
  found: genotypes.map(({ seeds, genotype }) => ({ seeds, genotype: JSON.parse(genotype.text) as Genotype })),
})
