// A study holds groups of one project side by side, and can be shown to somebody who sees nothing else.
import { expect, test } from 'vitest'
import { Follower, send } from '../kit/client.js'
import { join, makeTeam, share } from '../kit/people.js'
import { startWithFakeEngine } from '../kit/server.js'

const START = `mutation ($name: String!, $project: ID) {
  startSearch(input: { dataset: "digits", epochs: 1, name: $name }, seeds: [1, 2], project: $project) { group { id runs { id } } }
}`
interface Started {
  readonly startSearch: { readonly group: { readonly id: string; readonly runs: { readonly id: string }[] } }
}

test('groups side by side, with labels, in order; shared as a whole', async () => {
  const server = await startWithFakeEngine()
  const owner = await server.signIn()
  const elsewhere = await makeTeam(owner, 'elsewhere')
  const groups: string[] = []
  for (const name of ['ours', 'theirs']) {
    const { startSearch } = await owner.ask<Started>(START, { name })
    for (const { id } of startSearch.group.runs) await new Follower(id).untilEnd(owner)
    groups.push(startSearch.group.id)
  }
  const { startSearch: foreign } = await owner.ask<Started>(START, {
    name: 'of another team',
    project: elsewhere.project,
  })
  const { createStudy } = await owner.ask<{ createStudy: { id: string } }>(
    'mutation { createStudy(project: "project-1", name: "Which is better?") { id } }',
  )
  const put =
    'mutation ($study: ID!, $group: ID!, $label: String) { putIntoStudy(study: $study, group: $group, label: $label) { id } }'
  const study = createStudy.id
  for (const [i, group] of groups.entries()) await owner.ask(put, { study, group, label: `line ${i}` })
  await owner.ask(put, { study, group: groups[0], label: 'the first' })
  const { errors } = await owner.request(put, { study, group: foreign.group.id })
  expect(errors![0]!.extensions.code).toBe('CONFLICT')

  const asked = `{ study(id: "${study}") { name project { id } groups { label group { id } } figures(metric: "loss") { of { label } mean n } } }`
  const answer = await owner.ask<{ study: { figures: { mean: number; n: number }[] } }>(asked)
  expect(answer).toMatchObject({
    study: {
      name: 'Which is better?',
      groups: [
        { label: 'the first', group: { id: groups[0] } },
        { label: 'line 1', group: { id: groups[1] } },
      ],
    },
  })
  expect(answer.study.figures.map(({ n }) => n)).toEqual([2, 2])

  const { secret } = await share(owner, study)
  const shown = await send(server.address, asked, {}, { authorization: `Bearer ${secret}` })
  expect(shown).toMatchObject({
    data: { study: { project: null, groups: [{ group: { id: groups[0] } }, { group: { id: groups[1] } }] } },
  })
  const viewer = await join(owner, { role: 'VIEWER' })
  const change = await viewer.request(put, { study, group: groups[0] })
  expect(change.errors![0]!.extensions.code).toBe('FORBIDDEN')
  await owner.ask('mutation ($study: ID!, $group: ID!) { takeOutOfStudy(study: $study, group: $group) { id } }', {
    study,
    group: groups[0],
  })
  const hidden = await send(
    server.address,
    `{ group(id: "${groups[0]}") { id } }`,
    {},
    { authorization: `Bearer ${secret}` },
  )
  expect(hidden.errors![0]!.extensions.code).toBe('NOT_FOUND')
})
