// A person trains a cell with several seeds, sees what came of it beside the search that found it, and takes the files away.
import { request } from 'node:http'
import { once } from 'node:events'
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Follower, type Client } from '../kit/client.js'
import { FAKE, lossAt } from '../kit/fake-engine.js'
import { testedAt } from '../kit/fake-training.js'
import { newHome, startWithFakeEngine } from '../kit/server.js'

const START = `mutation ($input: TrainingInput!, $seeds: [Int!], $search: ID) {
  startTraining(input: $input, seeds: $seeds, search: $search) {
    id name kind seed settings search { id } genotype { space text } group { id kind method runs { id seed } }
  }
}`
const RESULT = `query ($id: ID!) { run(id: $id) {
  __typename state kind progress { done total } files { name bytes mediaType url }
  ... on Training {
    dataset { name title classes } parameters multiplyAdds classNames leftOut stop { rule }
    epochs { epoch trainLoss testLoss testAccuracy validationAccuracy }
    result { epoch images accuracy loss best { epoch accuracy } confusion mixedUp { truth predicted images }
      mistakes { index file truth predicted probability picture } }
  }
} }`
const INPUT = { genotype: 'DARTS_V2', dataset: 'digits', channels: 4, cells: 3, epochs: 3, images: 128, batch: 32 }

interface Started {
  readonly startTraining: {
    readonly id: string
    readonly name: string
    readonly settings: Record<string, unknown>
    readonly search: { id: string } | null
    readonly genotype: { text: string }
    readonly group: { id: string; runs: { id: string }[] } | null
  }
}

interface FileShown {
  readonly name: string
  readonly bytes: number
  readonly mediaType: string
  readonly url: string
}

interface Result {
  readonly run: { readonly state: string; readonly files: FileShown[]; readonly result: { mistakes: object[] } | null }
}

async function begin(client: Client, input: object = {}, more: object = {}): Promise<Started['startTraining']> {
  return (await client.ask<Started>(START, { input: { ...INPUT, ...input }, ...more })).startTraining
}

async function finished(client: Client, id: string): Promise<Result['run']> {
  await new Follower(id).untilEnd(client)
  return (await client.ask<Result>(RESULT, { id })).run
}

const problemsOf = async (client: Client, input: object, more: object = {}) => {
  const { errors } = await client.request(START, { input: { ...INPUT, ...input }, ...more })
  return errors![0]!.extensions
}

test('a cell is trained with two seeds and shown with its result, mean and deviation', async () => {
  const client = await (await startWithFakeEngine({ env: { CELLBOARD_RUNNERS: '2' } })).signIn()
  const first = await begin(client, {}, { seeds: [4, 5] })
  expect(first).toMatchObject({
    id: 'training-1',
    name: 'DARTS_V2 on Digits (8x8), seed 4',
    kind: 'TRAINING',
    seed: 4,
    search: null,
    genotype: { space: 'darts' },
    group: { kind: 'TRAINING', method: null, runs: [{ seed: 4 }, { seed: 5 }] },
    settings: { preset: 'base', weightRate: 0.025, auxiliary: false, cutout: 4 },
  })
  const runs = await Promise.all(first.group!.runs.map(({ id }) => finished(client, id)))
  expect(runs[0]).toMatchObject({
    __typename: 'Training',
    state: 'FINISHED',
    progress: { done: 12, total: 12 },
    dataset: { name: 'digits', classes: 10 },
    parameters: 4321,
    multiplyAdds: 98765,
    classNames: { length: 10 },
    leftOut: [],
    stop: null,
    epochs: [1, 2, 3].map((epoch) => ({ epoch, testAccuracy: testedAt(epoch), validationAccuracy: null })),
    result: {
      epoch: 3,
      images: 100,
      accuracy: testedAt(3),
      loss: lossAt(12),
      best: { epoch: 2, accuracy: testedAt(2) },
      mixedUp: { length: 10, 0: { truth: 0, predicted: 1, images: 1 } },
      mistakes: { length: 10, 0: { index: 0, file: null, truth: 0, predicted: 1, probability: 0.99 } },
    },
  })
  const group = await client.ask(
    `query ($id: ID!) { group(id: $id) { aggregate(metric: "test-accuracy") { mean deviation n } genotypes { seeds } } }`,
    { id: first.group!.id },
  )
  expect(group).toEqual({
    group: { aggregate: { mean: testedAt(3), deviation: 0, n: 2 }, genotypes: [{ seeds: [4, 5] }] },
  })
  const baseline = await client.request('mutation ($id: ID!) { startRandomBaseline(group: $id) { id } }', {
    id: first.group!.id,
  })
  expect(baseline.errors![0]!.extensions.code).toBe('CONFLICT')
})

test('the cell of a search is trained in its line, and lists tell searches from trainings', async () => {
  const client = await (await startWithFakeEngine()).signIn()
  const search = 'mutation ($input: SearchInput!) { startSearch(input: $input) { id } }'
  const small = {
    space: 'nas-bench-201',
    dataset: 'digits',
    images: 128,
    batch: 32,
    epochs: 2,
    stage1Cells: 1,
    seed: 1,
  }
  const { startSearch: found } = await client.ask<{ startSearch: { id: string } }>(search, { input: small })
  await new Follower(found.id).untilEnd(client)
  const { genotype: _, ...open } = INPUT
  const asked = await client.ask<Started>(START, { input: open, search: found.id })
  const training = asked.startTraining
  expect(training).toMatchObject({ id: 'training-2', search: { id: found.id }, settings: { preset: 'nas-bench-201' } })
  expect(training.genotype.text).toMatch(/^\|nor_conv_1x1~0\|/)
  const lineage = await client.ask('query ($id: ID!) { run(id: $id) { ... on Search { trainings { id } } } }', found)
  expect(lineage).toEqual({ run: { trainings: [{ id: training.id }] } })

  expect(await problemsOf(client, {}, { search: found.id })).toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'genotype' }],
  })
  expect(await problemsOf(client, {}, { search: training.id })).toMatchObject({ fields: [{ path: 'search' }] })
  expect(await problemsOf(client, {}, { search: 'search-99' })).toMatchObject({ code: 'NOT_FOUND' })
  expect(await problemsOf(client, {}, { search: 'search-2' })).toMatchObject({ code: 'NOT_FOUND' })

  const list = '{ runs(kind: TRAINING) { totalCount edges { node { id __typename } } } }'
  expect(await client.ask(list)).toEqual({
    runs: { totalCount: 1, edges: [{ node: { id: training.id, __typename: 'Training' } }] },
  })
  expect(await client.ask('{ node(id: "training-1") { id } search: node(id: "search-1") { __typename } }')).toEqual({
    node: null,
    search: { __typename: 'Search' },
  })
})

test('groups are listed page by page, the newest first', async () => {
  const client = await (await startWithFakeEngine({ env: { CELLBOARD_RUNNERS: '0' } })).signIn()
  for (const name of ['one', 'two', 'three']) await begin(client, { name }, { seeds: [1] })
  const list = `query ($first: Int, $after: String) { groups(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { name runs { id } } }
  } }`
  interface Page {
    readonly groups: { totalCount: number; pageInfo: { endCursor: string }; edges: { node: { name: string } }[] }
  }
  const { groups } = await client.ask<Page>(list, { first: 2 })
  expect(groups).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } })
  expect(groups.edges.map(({ node }) => node.name)).toEqual(['three', 'two'])
  const { groups: rest } = await client.ask<Page>(list, { first: 2, after: groups.pageInfo.endCursor })
  expect(rest.edges.map(({ node }) => node.name)).toEqual(['one'])
  const { errors } = await client.request(list, { first: 201 })
  expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'first' }] })
})

test('what cannot be trained is refused at its field, and previewed as that', async () => {
  const data = newHome()
  const outside = newHome()
  writeFileSync(join(outside, 'secret.csv'), 'a')
  mkdirSync(join(data, 'cats'))
  symlinkSync(outside, join(data, 'way-out'))
  const env = { CELLBOARD_DATA: data, CELLBOARD_RUNNERS: '0' }
  const client = await (await startWithFakeEngine({ env })).signIn()
  const own = (dataPath: string) => ({ dataset: 'own', dataPath })
  const cases: [object, string, RegExp][] = [
    [{ genotype: 'DARTS_V9' }, 'genotype', /Did you mean DARTS_V[12]/],
    [{ genotype: '|nor_conv_9x9~0|' }, 'genotype', /nor_conv_9x9/],
    [{ genotype: 'Genotype(normal=[], normal_concat=[], reduce=[], reduce_concat=[])' }, 'genotype', /0 edges/],
    [{ epochs: 0 }, 'epochs', /./],
    [{ patience: 3 }, 'patience', /validation images/],
    [{ cells: 1 }, 'cells', /at least/],
    [{ imageSize: 32 }, 'imageSize', /Expected 8/],
    [{ images: 16 }, 'batch', /at most the 16 images/],
    [{ dataset: 'cifar10' }, 'dataset', /cifar-10-batches-bin/],
    [{ dataset: 'imagenet' }, 'dataset', /imagenet/],
    [{ dataPath: 'cats' }, 'dataPath', /no path beside dataset digits/],
    [own(''), 'dataPath', /received none/],
    [own('dogs'), 'dataPath', /there is no/],
    [own('..'), 'dataPath', /leads out/],
    [own(`../${outside.split('/').at(-1)}/secret.csv`), 'dataPath', /leads out/],
    [own('/etc/passwd'), 'dataPath', /leads out/],
    [own('way-out'), 'dataPath', /a link of "way-out" leads out/],
    [own('way-out/secret.csv'), 'dataPath', /a link/],
  ]
  const preview = `query ($input: TrainingInput!) { previewTraining(input: $input) {
    parameters multiplyAdds steps memoryMB seconds problems { field message }
  } }`
  for (const [changed, path, message] of cases) {
    const { code, fields } = await problemsOf(client, changed)
    expect(code).toBe('BAD_USER_INPUT')
    const problem = fields!.find((field) => field.path === path)
    expect(problem?.message, JSON.stringify(changed)).toMatch(message)
    const asked = await client.ask<{ previewTraining: { problems: object[] } }>(preview, {
      input: { ...INPUT, ...changed },
    })
    expect(asked.previewTraining.problems).toContainEqual({ field: path, message: problem!.message })
  }
  expect(await client.ask('{ runs { totalCount } }')).toEqual({ runs: { totalCount: 0 } })

  const inside = await begin(client, own('cats'))
  expect(inside.settings).toMatchObject({ dataPath: join(data, 'cats'), imageSize: 32 })
  const { previewTraining: possible } = await client.ask<{ previewTraining: Record<string, number | null> }>(preview, {
    input: { dataset: 'digits', channels: 36, cells: 20, epochs: 2, batch: 96 },
  })
  expect(possible).toMatchObject({ steps: 2 * 39, seconds: null, problems: [] })
  expect(possible.parameters).toBeGreaterThan(3e6)
  expect(possible.memoryMB).toBeGreaterThan(500)
})

/** Status, headers and body of a bare GET: the path goes out as it is. */
async function get(address: string, path: string, headers: Record<string, string> = {}) {
  const { hostname, port } = new URL(address)
  const asked = request({ hostname, port, path, headers })
  asked.end()
  const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage]
  let text = ''
  for await (const part of response.setEncoding('utf8')) text += part as string
  return { status: response.statusCode, headers: response.headers, text }
}

test('files of a run go to people who are signed in, each as what it is, and nothing else goes out', async () => {
  const home = newHome()
  const server = await startWithFakeEngine({ home })
  const client = await server.signIn()
  const { id } = await begin(client)
  const { files } = await finished(client, id)
  expect(files.map(({ name }) => name)).toEqual([
    'genotype.txt',
    'card.json',
    'cell-normal.svg',
    'saved-model/variables/variables.index',
  ])
  const authorization = `Bearer ${client.token}`
  for (const { url, bytes, mediaType, name } of files) {
    const answer = await get(server.address, url, { authorization })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-length': String(bytes) } })
    expect(answer.headers['content-type']!.split(';')[0]).toBe(mediaType)
    expect(answer.headers['content-disposition']).toBe(`attachment; filename=${name.split('/').at(-1)}`)
    expect(answer.headers['content-security-policy']).toContain('sandbox')
  }
  const [text] = files
  expect((await get(server.address, text!.url, { authorization })).text).toBe('DARTS_V2')
  const cookie = `cellboard_session=${client.token}`
  expect(await get(server.address, text!.url, { cookie, range: 'bytes=0-4' })).toMatchObject({
    status: 206,
    text: 'DARTS',
  })
  const { headers } = await get(server.address, text!.url, { cookie })
  expect(await get(server.address, text!.url, { cookie, 'if-none-match': headers.etag! })).toMatchObject({
    status: 304,
  })

  const strangers: Record<string, string>[] = [{}, { authorization: 'Bearer nobodys-token-nobodys-token' }]
  for (const stranger of strangers)
    expect(await get(server.address, text!.url, stranger)).toMatchObject({ status: 401 })
  expect(await get(server.address, text!.url, { cookie, origin: 'https://example.org' })).toMatchObject({ status: 403 })
  expect(await get(server.address, text!.url, { cookie, host: 'example.org' })).toMatchObject({ status: 403 })

  const folder = join(home, 'runs', '1', 'files')
  writeFileSync(join(folder, 'unnamed.txt'), 'not in the log')
  renameSync(join(folder, 'card.json'), join(home, 'elsewhere.json'))
  symlinkSync(join(home, 'elsewhere.json'), join(folder, 'card.json'))
  renameSync(join(folder, 'saved-model'), join(home, 'elsewhere'))
  symlinkSync(join(home, 'elsewhere'), join(folder, 'saved-model'))
  rmSync(join(folder, 'cell-normal.svg'))
  const secret = 'store.sqlite'
  const nowhere = [
    'unnamed.txt',
    'card.json',
    'saved-model/variables/variables.index',
    'cell-normal.svg',
    `../../../${secret}`,
    `..%2f..%2f..%2f${secret}`,
    `%2e%2e/%2e%2e/%2e%2e/${secret}`,
    'saved-model/../genotype.txt',
    './genotype.txt',
    '/genotype.txt',
    'genotype.txt%00',
    '',
  ].map((name) => `/files/${id}/${name}`)
  for (const path of [
    ...nowhere,
    '/files/training-99/genotype.txt',
    '/files/search-1/genotype.txt',
    '/files/../store.sqlite',
  ]) {
    const answer = await get(server.address, path, { authorization })
    expect([404, 503, 200], path).toContain(answer.status)
    // What leads out of /files is the dashboard's page, which is the same for every address.
    if (answer.status === 200) expect(answer.headers['content-type'], path).toContain('text/html')
    expect(answer.text, path).not.toContain('SQLite format')
    expect(answer.text, path).not.toBe('DARTS_V2')
  }
  expect((await get(server.address, '/files/training-1/%E0%A4%A', { authorization })).status).toBe(400)
})

test('mistakes with large pictures go through feed and page whole', async () => {
  const client = await (await startWithFakeEngine()).signIn()
  const { id } = await begin(client, { seed: FAKE.largePictures })
  const run = new Follower(id)
  await run.untilEnd(client)
  const [told] = run.ofType('test-measured')
  expect(told!.mistakes.map(({ picture }) => picture.length)).toEqual(Array.from({ length: 10 }, () => 300_000))
  expect((await finished(client, id)).result!.mistakes).toHaveLength(10)
})
