// Questions to begin with at /graphql: each runs as it stands, on any server that has a run.
export interface Example {
  readonly query: string
  readonly variables?: string
}

export const EXAMPLES: readonly Example[] = [
  {
    query: `# What this server is, and who you are to it. Ctrl-Enter asks.
query WhoAmI {
  server {
    version
    backend {
      name
      device
    }
  }
  viewer {
    name
    memberships {
      role
      team {
        slug
      }
    }
  }
}
`,
  },
  {
    query: `# The best runs by a metric, with some of their settings and results.
query BestRuns($metric: String!) {
  runs(
    first: 10
    filter: { states: [FINISHED] }
    order: { by: METRIC, name: $metric, pick: LAST, direction: DESC }
  ) {
    totalCount
    edges {
      node {
        id
        name
        kind
        tags
        cost {
          seconds
        }
        metrics {
          name
          last
          max
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: '{ "metric": "accuracy" }\n',
  },
  {
    query: `# Starts a small search on the digits that come with the engine; it ends within a minute or two.
mutation StartSearch {
  startSearch(
    input: {
      name: "From the API"
      dataset: "digits"
      channels: 4
      stage1Cells: 3
      stage2Cells: 4
      batch: 32
      images: 1600
      epochs: 4
    }
  ) {
    id
    state
  }
}
`,
  },
  {
    query: `# Every run that appears or changes, live, until you stop it.
subscription Watch {
  runChanged {
    id
    name
    state
    progress {
      done
      total
      etaSeconds
    }
  }
}
`,
  },
  {
    query: `# Leaderboards, with their first places: why each is there, and what would lift it.
query Leaderboards {
  boards(first: 5) {
    edges {
      node {
        id
        name
        length
        rules {
          metric {
            name
            direction
          }
        }
        entries(first: 3) {
          edges {
            node {
              rank
              movement
              title
              score
              team {
                name
              }
              why
              lift
            }
          }
        }
      }
    }
  }
}
`,
  },
  {
    query: `# Architectures that runs found or trained, and what a published benchmark says of them.
query Architectures {
  architectures(first: 5) {
    edges {
      node {
        id
        parameters
        multiplyAdds
        genotype {
          text
        }
        trainedBy(first: 3) {
          totalCount
        }
        tabulated {
          dataset
          accuracy
          rank
        }
      }
    }
  }
}
`,
  },
]
