// What the page of a team asks for, and what can be done there.
import { graphql, type ResultOf } from '../graphql.js'

export const TEAM = graphql(`
  query Team($slug: String!) {
    team(slug: $slug) {
      id
      slug
      name
      role
      projects {
        id
        name
        visibility
        role
      }
    }
  }
`)

export const MEMBERS = graphql(`
  query TeamMembers($slug: String!, $after: String) {
    team(slug: $slug) {
      members(first: 100, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            role
            since
            user {
              id
              name
              service
            }
          }
        }
      }
    }
  }
`)

export const INVITATIONS = graphql(`
  query TeamInvitations($slug: String!) {
    team(slug: $slug) {
      invitations {
        id
        role
        note
        expiresAt
        usedBy {
          name
        }
      }
    }
  }
`)

export const MAINTAINED = graphql(`
  query TeamMaintained($slug: String!) {
    team(slug: $slug) {
      serviceAccounts {
        role
        user {
          id
          name
        }
        tokens {
          id
          name
          beginning
          scopes
          project
          expiresAt
          lastUsedAt
          revokedAt
        }
      }
      shareLinks {
        id
        note
        expiresAt
        createdBy {
          name
        }
        subject {
          id
          ... on Run {
            name
          }
          ... on RunGroup {
            name
          }
          ... on Study {
            name
          }
          ... on Board {
            name
          }
        }
      }
    }
  }
`)

export const AUDIT = graphql(`
  query TeamAudit($slug: String!, $after: String, $action: String) {
    team(slug: $slug) {
      audit(first: 50, after: $after, action: $action) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            time
            action
            subject
            token
            detail
            user {
              id
              name
            }
          }
        }
      }
    }
  }
`)

export type TeamFacts = ResultOf<typeof TEAM>['team']
export type AuditLine = ResultOf<typeof AUDIT>['team']['audit']['edges'][number]['node']
