// What the page of a group asks for: its runs with their results, what they come to together, and random search beside it.
import type { Genotype } from '@cellboard/schema/genotype'
import { graphql, type ResultOf } from '../graphql.js'

const GROUP_RUN = graphql(`
  fragment GroupRun on Run {
    id
    name
    kind
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
    ... on Search {
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
    ... on Training {
      dataset {
        title
      }
    }
  }
`)

const GROUP_FACTS = graphql(
  `
    fragment GroupFacts on RunGroup {
      id
      name
      createdAt
      kind
      method
      project {
        id
        name
        role
        team {
          slug
          name
        }
      }
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
        architecture {
          id
        }
      }
      loss: series(name: "loss", buckets: 400) {
        ...Band
      }
      accuracy: series(name: "accuracy", buckets: 400) {
        ...Band
      }
      testAccuracy: series(name: "test-accuracy", buckets: 400) {
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

type Facts = ResultOf<typeof GROUP_FACTS>
export type Band = Facts['loss']

type AnyRun = Facts['runs'][number]
type OfSearch = Extract<AnyRun, { space: object }>
/** What only searches have is absent in a training. */
export type GroupRun = Omit<OfSearch, 'collapse' | 'candidates' | 'space'> &
  Partial<Pick<OfSearch, 'collapse' | 'candidates' | 'space'>>

export interface Group extends Omit<Facts, 'runs' | 'genotypes'> {
  readonly runs: readonly GroupRun[]
  /** The one found most often first; of trainings the cell that they train. */
  readonly found: readonly {
    readonly genotype: Genotype
    readonly seeds: readonly number[]
    readonly architecture: { readonly id: string }
  }[]
}

export const groupFrom = ({ runs, genotypes, ...facts }: Facts): Group => ({
  ...facts,
  runs: runs.filter((run): run is Exclude<AnyRun, Record<string, never>> & GroupRun => 'dataset' in run),
  found: genotypes.map(({ genotype, ...one }) => ({ ...one, genotype: JSON.parse(genotype.text) as Genotype })),
})
