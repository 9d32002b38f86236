// Every step of the store's form, in order. Written by `npm run new-migration -w @cellboard/server`; never edited once shipped.
import type { MigrationObject } from '@mikro-orm/core'
import { BoardsInUse } from './20261127-boards-in-use.js'
import { FirstTables } from './20261124-first-tables.js'
import { GroupsOfRuns } from './20261124-groups-of-runs.js'
import { Leaderboards } from './20261127-leaderboards.js'
import { PeopleAndTeams } from './20261127-people-and-teams.js'
import { RetriedRuns } from './20261127-retried-runs.js'
import { Trainings } from './20261124-trainings.js'

export const MIGRATIONS: MigrationObject[] = [
  { name: '20261124-first-tables', class: FirstTables },
  { name: '20261124-groups-of-runs', class: GroupsOfRuns },
  { name: '20261124-trainings', class: Trainings },
  { name: '20261127-people-and-teams', class: PeopleAndTeams },
  { name: '20261127-leaderboards', class: Leaderboards },
  { name: '20261127-boards-in-use', class: BoardsInUse },
  { name: '20261127-retried-runs', class: RetriedRuns },
]
