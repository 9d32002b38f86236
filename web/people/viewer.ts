// Who is looking at the page, for every part that shows less to some: null for strangers, who may still read what was shared.
import { createContext, useContext } from 'react'
import { graphql, type ResultOf } from '../graphql.js'

export const VIEWER = graphql(`
  query Viewer {
    viewer {
      id
      name
      email
      hasPassword
      memberships {
        role
        team {
          id
          slug
          name
        }
      }
      projects {
        id
        name
        role
        visibility
        team {
          name
        }
      }
    }
    server {
      version
      signInProvider {
        name
        url
      }
      backend {
        name
        version
        device
        note
      }
    }
  }
`)

export type Viewer = NonNullable<ResultOf<typeof VIEWER>['viewer']>

export const ViewerContext = createContext<Viewer | null>(null)
export const useViewer = (): Viewer | null => useContext(ViewerContext)

const ROLES = ['VIEWER', 'MEMBER', 'MAINTAINER', 'OWNER'] as const
export type RoleName = (typeof ROLES)[number]
export { ROLES as ROLE_NAMES }

export const isAtLeast = (role: RoleName | null | undefined, least: RoleName): boolean =>
  role != null && ROLES.indexOf(role) >= ROLES.indexOf(least)
