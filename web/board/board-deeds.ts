// What can be done with boards and their entries.
import { graphql, type VariablesOf } from '../graphql.js'

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

export const SUBMIT = graphql(`
  mutation SubmitEntry($board: ID!, $subject: ID!, $title: String, $team: ID) {
    submitEntry(board: $board, subject: $subject, title: $title, team: $team) {
      id
      rank
      why
    }
  }
`)
