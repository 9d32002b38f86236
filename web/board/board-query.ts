// What the pages of boards ask for.
import { graphql, type ResultOf } from '../graphql.js'

const ENTRY_ROW = graphql(`
  fragment EntryRow on BoardEntry {
    id
    title
    rank
    movement
    tiedAbove
    tiedBelow
    verification
    submittedAt
    baseline
    source
    wouldRank
    team {
      id
      name
    }
    figures {
      name
      pick
      mean
      deviation
      n
    }
  }
`)

export const BOARD = graphql(
  `
    query Board($id: ID!, $from: Int, $asOf: DateTime) {
      board(id: $id) {
        id
        name
        notes
        visibility
        ruleVersion
        revealed
        archivedAt
        mayEnter
        mayManage
        team {
          id
          name
        }
        teams {
          id
          name
        }
        length(asOf: $asOf)
        rules {
          subject
          metric {
            name
            pick
            direction
            decimals
          }
          tieBreaks {
            name
            pick
            direction
            decimals
          }
          columns
          decimalsShown
          minSeeds
          perTeam
          perDay
          inAll
          ceilings {
            name
            most
          }
          reveal {
            at
            metric {
              name
              pick
              direction
              decimals
            }
          }
          tolerance
          autoProject
        }
        entries(first: 50, from: $from, asOf: $asOf) {
          pageInfo {
            hasNextPage
            hasPreviousPage
          }
          edges {
            node {
              ...EntryRow
            }
          }
        }
        viewerEntries {
          ...EntryRow
        }
        baselines {
          ...EntryRow
        }
      }
    }
  `,
  [ENTRY_ROW],
)

export type BoardFacts = ResultOf<typeof BOARD>['board']
export type Rules = BoardFacts['rules']
export type Row = BoardFacts['baselines'][number]
export type Figure = Row['figures'][number]

export const CHANGED = graphql(`
  subscription LeaderboardChanged($id: ID!) {
    leaderboardChanged(id: $id) {
      at
      board {
        ruleVersion
      }
      moved {
        previousRank
        entry {
          id
          title
          rank
        }
      }
    }
  }
`)
export type Change = ResultOf<typeof CHANGED>['leaderboardChanged']

export const UNRANKED = graphql(`
  query BoardUnranked($id: ID!, $after: String) {
    board(id: $id) {
      unranked(first: 50, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            title
            why
            team {
              name
            }
          }
        }
      }
    }
  }
`)

export const BEST = graphql(`
  query BoardBest($id: ID!) {
    board(id: $id) {
      bestOverTime(teams: 5) {
        team {
          id
          name
        }
        times
        scores
      }
    }
  }
`)

export const PARETO = graphql(`
  query BoardPareto($id: ID!, $x: String!, $better: Direction) {
    board(id: $id) {
      pareto(x: $x, better: $better, first: 300) {
        x
        y
        front
        entry {
          id
          title
          baseline
        }
      }
    }
  }
`)
export type Point = ResultOf<typeof PARETO>['board']['pareto'][number]

export const RULE_HISTORY = graphql(`
  query BoardRuleHistory($id: ID!) {
    board(id: $id) {
      ruleHistory {
        version
        why
        changedAt
        changedBy {
          name
        }
        rules {
          metric {
            name
            direction
          }
        }
      }
    }
  }
`)

export const ENTRY = graphql(`
  query Entry($id: ID!) {
    entry(id: $id) {
      id
      title
      rank
      wouldRank
      movement
      state
      reason
      verification
      baseline
      source
      ruleVersion
      submittedAt
      why
      lift
      mayWithdraw
      submittedBy {
        name
      }
      team {
        id
        name
      }
      figures {
        name
        pick
        mean
        deviation
        n
      }
      history(points: 60) {
        time
        rank
        score
      }
      runs {
        id
        name
        seed
      }
      verifyingRun {
        id
        name
      }
      subject {
        id
      }
      board {
        id
        name
        length
        mayManage
        rules {
          decimalsShown
          metric {
            name
            pick
            direction
          }
        }
      }
    }
  }
`)
export type EntryFacts = ResultOf<typeof ENTRY>['entry']

export const BOARDS = graphql(`
  query Boards($after: String) {
    boards(first: 50, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          archivedAt
          visibility
          length
          mayEnter
          team {
            name
          }
          rules {
            subject
            metric {
              name
              direction
            }
          }
        }
      }
    }
  }
`)
