// What people send to bring a GraphQL server down: each with the code and the limit that it must be refused by, on every way of asking.
import { DEPTH, LOOPS } from './hostile/depth.js'
import { DIRECTIVES, FLOODS } from './hostile/floods.js'
import { LISTS } from './hostile/lists.js'
import type { HostileRequest } from './hostile/request.js'
import { BROKEN, VALUES } from './hostile/values.js'

export type { HostileRequest }

/** Each stays a question to one server: what breaks one limit keeps to all that are looked at before it. */
export const HOSTILE_SET: readonly HostileRequest[] = [
  ...DEPTH,
  ...LOOPS,
  ...FLOODS,
  ...DIRECTIVES,
  ...LISTS,
  ...VALUES,
  ...BROKEN,
]
