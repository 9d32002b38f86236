// The team and the project that every store begins with (made by a migration): so that a person alone need not think of either.
export const FIRST_TEAM = 1
export const FIRST_PROJECT = 1
