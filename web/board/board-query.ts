// What the pages of boards ask for, and what can be done there.
import { graphql, type ResultOf, type VariablesOf } from '../graphql.js'

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

export const CREATE_BOARD = graphql(`
  mutation CreateBoard($team: ID!, $input: BoardInput!) {
    createBoard(team: $team, input: $input) {
      id
    }
  }
`)
export type BoardRulesInput = VariablesOf<typeof CREATE_BOARD>['input']['rules']

export const SET_RULES = graphql(`
  mutation SetBoardRules($id: ID!, $rules: BoardRulesInput!, $why: String!) {
    setBoardRules(id: $id, rules: $rules, why: $why) {
      id
    }
  }
`)

export const SET_BOARD = graphql(`
  mutation SetBoard($id: ID!, $name: String, $notes: String, $visibility: BoardVisibility, $teams: [String!]) {
    setBoard(id: $id, name: $name, notes: $notes, visibility: $visibility, teams: $teams) {
      id
    }
  }
`)

export const ARCHIVE = graphql(`
  mutation ArchiveBoard($id: ID!, $archived: Boolean) {
    archiveBoard(id: $id, archived: $archived) {
      id
    }
  }
`)

export const ADD_BASELINES = graphql(`
  mutation AddBaselines($board: ID!, $set: BaselineSet!, $dataset: String) {
    addBaselines(board: $board, set: $set, dataset: $dataset) {
      id
    }
  }
`)

export const ADD_BASELINE = graphql(`
  mutation AddBaseline($board: ID!, $input: BaselineInput!) {
    addBaseline(board: $board, input: $input) {
      id
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

export const WITHDRAW = graphql(`
  mutation WithdrawEntry($id: ID!, $reason: String!) {
    withdrawEntry(id: $id, reason: $reason) {
      id
    }
  }
`)
export const RESTORE = graphql(`
  mutation RestoreEntry($id: ID!, $reason: String!) {
    restoreEntry(id: $id, reason: $reason) {
      id
    }
  }
`)
export const FLAG = graphql(`
  mutation FlagEntry($id: ID!, $reason: String!) {
    flagEntry(id: $id, reason: $reason) {
      id
    }
  }
`)
export const VERIFY = graphql(`
  mutation VerifyEntry($id: ID!) {
    verifyEntry(id: $id) {
      id
    }
  }
`)
export const REMOVE_BASELINE = graphql(`
  mutation RemoveBaseline($entry: ID!) {
    removeBaseline(entry: $entry)
  }
`)

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

export const SUBMIT = graphql(`
  mutation SubmitEntry($board: ID!, $subject: ID!, $title: String, $team: ID) {
    submitEntry(board: $board, subject: $subject, title: $title, team: $team) {
      id
      rank
      why
    }
  }
`)
