// What the page of an architecture asks for: its cell, what its networks cost, what a benchmark knows of it, and the runs that have it.
import { RECIPES } from '@cellboard/schema/training-settings'
import { graphql, type ResultOf } from '../graphql.js'

/** The widths and depths that papers report for DARTS' network on ImageNet, as in the query below. */
export const MOBILE = { cells: RECIPES.imagenet.cells, channels: RECIPES.imagenet.channels }

export const ARCHITECTURE = graphql(`
  query Architecture($id: ID!, $cells: Int!, $channels: Int!) {
    architecture(id: $id) {
      id
      space
      genotype {
        text(style: JSON)
      }
      parameters
      multiplyAdds
      mobileParameters: parameters(cells: $cells, channels: $channels, classes: 1000)
      mobileMultiplyAdds: multiplyAdds(cells: $cells, channels: $channels, classes: 1000, size: 224)
      tabulated {
        cell
        dataset
        epochs
        accuracy
        rank
        of
      }
      foundBy(first: 50) {
        totalCount
        edges {
          node {
            id
            name
            state
            createdAt
            method
            space {
              title
            }
            dataset {
              title
            }
          }
        }
      }
      trainedBy(first: 50) {
        totalCount
        edges {
          node {
            id
            name
            state
            createdAt
            dataset {
              title
            }
            metrics {
              name
              last
            }
          }
        }
      }
    }
  }
`)

export type ArchitectureFacts = ResultOf<typeof ARCHITECTURE>['architecture']
