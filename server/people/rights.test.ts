// What an asker sees, held to the words of the rules: own teams, public projects, shared things, and no more with a limited token.
import { ROLES, isAtLeast, type Role } from '@cellboard/schema/people'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProjectTable } from '../projects/project.table.js'
import { openForTest } from '../store/open-for-test.js'
import type { ShareLinkRow } from '../sharing/share-link.table.js'
import { MembershipTable, TeamTable } from '../teams/team.table.js'
import type { Asker } from './asker.js'
import { rightsOf } from './rights.js'
import type { Token } from './token.table.js'
import type { User } from './user.table.js'

const TEAMS = [11, 12, 13]
const PROJECTS = TEAMS.flatMap((teamId) => [1, 2].map((n) => ({ id: teamId * 10 + n, teamId })))

const world = fc.record({
  roles: fc.dictionary(fc.constantFrom(...TEAMS.map(String)), fc.constantFrom(...ROLES)),
  open: fc.subarray(PROJECTS.map(({ id }) => id)),
  isStranger: fc.boolean(),
  limit: fc.option(fc.constantFrom(...PROJECTS.map(({ id }) => id))),
  sharedRuns: fc.subarray([1, 2, 3]),
  sharedGroups: fc.subarray([1, 2]),
})

test('roles, visibility, limits and shares add up as they are told', async () => {
  const { em: root } = await openForTest()
  const now = new Date()
  await fc.assert(
    fc.asyncProperty(world, async ({ roles, open, isStranger, limit, sharedRuns, sharedGroups }) => {
      const em = root.fork()
      await em.begin()
      for (const id of TEAMS) await em.insert(TeamTable, { id, slug: `t${id}`, name: 'a team', createdAt: now })
      for (const { id, teamId } of PROJECTS)
        await em.insert(ProjectTable, {
          id,
          teamId,
          name: `p${id}`,
          visibility: open.includes(id) ? 'public' : 'private',
          createdAt: now,
        })
      for (const [teamId, role] of Object.entries(roles))
        await em.insert(MembershipTable, { teamId: Number(teamId), userId: 7, role, since: now })
      const links = [
        ...sharedRuns.map((subjectId) => ({ kind: 'run', subjectId })),
        ...sharedGroups.map((subjectId) => ({ kind: 'group', subjectId })),
      ]
      const asker: Asker = {
        user: isStranger ? null : ({ id: 7 } as User),
        session: null,
        token: limit === null || isStranger ? null : ({ id: 1, projectId: limit } as Token),
        shares: links as ShareLinkRow[],
        scopes: new Set(['read']),
        until: null,
      }
      const rights = await rightsOf(em, asker)
      const isLimited = asker.token !== null
      const roleIn = (teamId: number): Role | null => (isStranger ? null : (roles[String(teamId)] ?? null))
      for (const { id, teamId } of PROJECTS) {
        const within = !isLimited || id === limit
        const sees = within && (open.includes(id) || roleIn(teamId) !== null)
        expect(rights.seesProject(id)).toBe(sees)
        for (const least of ROLES) {
          const role = roleIn(teamId)
          expect(rights.mayInProject(id, least)).toBe(sees && role !== null && isAtLeast(role, least))
        }
        for (const run of [1, 2, 3, 4])
          for (const groupId of [null, 1, 2, 3])
            expect(rights.seesRun({ id: run, projectId: id, groupId })).toBe(
              sees || sharedRuns.includes(run) || (groupId !== null && sharedGroups.includes(groupId)),
            )
      }
      for (const teamId of TEAMS)
        for (const least of ROLES) {
          const role = roleIn(teamId)
          expect(rights.mayInTeam(teamId, least)).toBe(!isLimited && role !== null && isAtLeast(role, least))
        }
      await em.rollback()
    }),
    { numRuns: 100 },
  )
})

test('what was written into the audit log cannot be changed or taken out', async () => {
  const { em } = await openForTest()
  await em
    .fork()
    .execute("insert into audit_entry (time, action, subject, detail, request_id) values (1, 'invite', '', '{}', '')")
  await expect(em.fork().execute("update audit_entry set action = 'nothing'")).rejects.toThrow('only appended to')
  await expect(em.fork().execute('delete from audit_entry')).rejects.toThrow('only appended to')
})
