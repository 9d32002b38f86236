// Roles and scopes as the API names them.
import { ROLE_TEXTS, SCOPE_TEXTS, type Role, type Scope, type Visibility } from '@cellboard/schema/people'
import { registerEnumType } from 'type-graphql'

export const RoleEnum = {
  VIEWER: 'viewer',
  MEMBER: 'member',
  MAINTAINER: 'maintainer',
  OWNER: 'owner',
} as const satisfies Record<string, Role>
registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'In a team; each may all that the ones before it may.',
  valuesConfig: {
    VIEWER: { description: ROLE_TEXTS.viewer },
    MEMBER: { description: ROLE_TEXTS.member },
    MAINTAINER: { description: ROLE_TEXTS.maintainer },
    OWNER: { description: ROLE_TEXTS.owner },
  },
})

export const ScopeEnum = { READ: 'read', LOG: 'log', RUN: 'run', ADMIN: 'admin' } as const satisfies Record<
  string,
  Scope
>
registerEnumType(ScopeEnum, {
  name: 'Scope',
  description: 'What a token may be used for.',
  valuesConfig: {
    READ: { description: SCOPE_TEXTS.read },
    LOG: { description: SCOPE_TEXTS.log },
    RUN: { description: SCOPE_TEXTS.run },
    ADMIN: { description: SCOPE_TEXTS.admin },
  },
})

export const VisibilityEnum = { PRIVATE: 'private', PUBLIC: 'public' } as const satisfies Record<string, Visibility>
registerEnumType(VisibilityEnum, {
  name: 'Visibility',
  description: 'Who sees the things of a project.',
  valuesConfig: {
    PRIVATE: { description: 'Seen by its team.' },
    PUBLIC: { description: 'Read by everybody who can reach this server, without signing in.' },
  },
})
