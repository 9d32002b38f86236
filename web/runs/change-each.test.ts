// Many runs are changed at once; where that is refused, each that can be is, and each that cannot says why.
import { expect, test } from 'vitest'
import type { TadaDocumentNode } from '../graphql.js'
import { changeEach } from './change-each.js'

const document = {} as TadaDocumentNode<unknown, { runs: string[] }>
const run = (id: string, group: string | null = null) => ({ id, group: group === null ? null : { id: group } })

/** Refuses whatever has one of these runs. */
function clientThatRefuses(refused: readonly string[], isAnswer = true) {
  const sent: string[][] = []
  const mutation = (_: unknown, { runs }: { runs: string[] }) => {
    sent.push(runs)
    const wrong = runs.find((id) => refused.includes(id))
    const error = wrong && { graphQLErrors: isAnswer ? [{ message: `Not ${wrong}.` }] : [] }
    return { toPromise: () => Promise.resolve({ error }) }
  }
  return { sent, client: { mutation } as unknown as Parameters<typeof changeEach>[0] }
}

test('at once where nothing is in the way', async () => {
  const { client, sent } = clientThatRefuses([])
  expect(await changeEach(client, [run('a'), run('b')], { document, variables: {} })).toEqual(new Map())
  expect(sent).toEqual([['a', 'b']])
})

test('one by one where one is', async () => {
  const { client, sent } = clientThatRefuses(['b'])
  const failures = await changeEach(client, [run('a'), run('b'), run('c')], { document, variables: {} })
  expect(failures).toEqual(new Map([['b', 'Not b.']]))
  expect(sent).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']])
})

test('runs of a group stay together where they must', async () => {
  const { client, sent } = clientThatRefuses(['b'])
  const runs = [run('a', 'g'), run('b'), run('c', 'g')]
  await changeEach(client, runs, { document, variables: {}, byGroup: true })
  expect(sent.slice(1)).toEqual([['a', 'c'], ['b']])
})

test('a server that does not answer is asked once', async () => {
  const { client, sent } = clientThatRefuses(['a'], false)
  const failures = await changeEach(client, [run('a'), run('b')], { document, variables: {} })
  expect([...failures.values()]).toEqual(['The server does not answer.', 'The server does not answer.'])
  expect(sent).toHaveLength(1)
})
