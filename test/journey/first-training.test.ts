// A person trains a published cell with the real engine: killed, paused and taken up again it comes to the same as undisturbed, and
// the network that is handed out says in plain TensorFlow.js what the training said of its mistakes.
import { expect, test } from 'vitest'
import * as tf from '@tensorflow/tfjs'
import sharp from 'sharp'
import { clientWith, Follower, type Client } from '../kit/client.js'
import { enginesOf, newHome, startServer, type RunningServer } from '../kit/server.js'

const START = 'mutation ($input: TrainingInput!) { startTraining(input: $input) { id } }'
const RESULT = `query ($id: ID!) { run(id: $id) { state failure { message } files { name url }
  ... on Training {
    parameters epochs { epoch trainLoss testAccuracy }
    result { accuracy loss best { epoch accuracy } confusion mixedUp { truth predicted images }
      mistakes { index truth predicted probability picture } }
  }
} }`
const PREVIEW = 'query ($input: TrainingInput!) { previewTraining(input: $input) { parameters steps seconds } }'
const INPUT = {
  genotype: 'DARTS_V2',
  dataset: 'digits',
  channels: 4,
  cells: 3,
  epochs: 5,
  batch: 16,
  images: 512,
  testImages: 300,
  seed: 3,
}
const STEPS = 5 * (512 / 16)

interface Mistake {
  readonly predicted: number
  readonly probability: number
  readonly picture: string
}

interface Result {
  readonly state: string
  readonly files: { name: string; url: string }[]
  readonly parameters: number
  readonly result: { accuracy: number; mistakes: Mistake[] }
}

async function begin(client: Client): Promise<Follower> {
  const { startTraining } = await client.ask<{ startTraining: { id: string } }>(START, { input: INPUT })
  return new Follower(startTraining.id)
}

const stepsOf = (run: Follower) => run.points.get('loss')?.steps.length ?? 0

async function resultOf(client: Client, run: Follower): Promise<Result> {
  await run.untilEnd(client)
  return (await client.ask<{ run: Result }>(RESULT, { id: run.run })).run
}

async function weightsOf({ address, token }: Client, { files }: Result): Promise<Buffer> {
  const { url } = files.find(({ name }) => name === 'weights.bin')!
  const answer = await fetch(`${address}${url}`, { headers: { authorization: `Bearer ${token}` } })
  return Buffer.from(await answer.arrayBuffer())
}

async function killEngine(server: RunningServer): Promise<void> {
  const [engine] = enginesOf(server)
  process.kill(engine!, 'SIGKILL')
  await expect.poll(() => enginesOf(server), { timeout: 20_000 }).not.toContain(engine)
}

test('a training that is killed, paused and taken up again comes to the same as undisturbed, and its network is handed out', async () => {
  const calm = await startServer()
  const calmClient = await calm.signIn()
  const undisturbed = await begin(calmClient)
  const expected = await resultOf(calmClient, undisturbed)
  expect(expected).toMatchObject({ state: 'FINISHED', failure: null })

  const home = newHome()
  let server = await startServer({ home })
  let client = await server.signIn()
  const run = await begin(client)
  await run.until(client, () => stepsOf(run) > 10)
  await server.kill()
  server = await startServer({ home })
  client = clientWith(server.address, client.token)
  await run.until(client, () => stepsOf(run) > 40)
  await killEngine(server)
  const starts = run.ofType('started').length
  await run.until(client, () => run.ofType('started').length > starts)
  const before = stepsOf(run) // the next that is told is new
  await run.until(client, () => stepsOf(run) > before)
  await client.ask('mutation ($id: ID!) { pauseRun(id: $id) { state } }', { id: run.run })
  await run.until(client, () => run.ofType('state-changed').at(-1)!.state === 'PAUSED')
  const paused = stepsOf(run)
  await client.ask('mutation ($id: ID!) { resumeRun(id: $id) { state } }', { id: run.run })
  const found = await resultOf(client, run)

  // It goes on from the step at which it was paused, in the middle of an epoch.
  expect(run.ofType('started').at(-1)!.resumedFrom).toMatchObject({ step: paused })
  for (const metric of ['loss', 'train-loss', 'test-accuracy', 'test-loss', 'learning-rate'])
    expect(run.points.get(metric), metric).toEqual(undisturbed.points.get(metric))
  expect(run.points.get('loss')!.steps).toEqual(Array.from({ length: STEPS }, (_, i) => i + 1))
  expect(found).toEqual(expected)
  expect((await weightsOf(client, found)).equals(await weightsOf(calmClient, expected))).toBe(true)

  const names = found.files.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['model.json', 'weights.bin', 'model.onnx', 'genotype.txt', 'card.json']),
  )
  for (const { url } of found.files) expect((await fetch(`${client.address}${url}`)).status).toBe(401)

  const { url } = found.files.find(({ name }) => name === 'model.json')!
  const headers = { authorization: `Bearer ${client.token}` }
  const model = await tf.loadGraphModel(
    tf.io.http(`${client.address}${url}`, { requestInit: { headers }, fetchFunc: fetch }),
  )
  const { mistakes } = found.result
  expect(mistakes.length).toBeGreaterThan(0)
  for (const { picture, predicted, probability } of mistakes) {
    const pixels = await sharp(Buffer.from(picture, 'base64')).extractChannel(0).raw().toBuffer()
    const images = tf.tensor4d(Float32Array.from(pixels), [1, 8, 8, 1])
    const probabilities = model.execute(images, 'probabilities') as tf.Tensor
    expect((await probabilities.data())[predicted]).toBeCloseTo(probability, 3)
    tf.dispose([images, probabilities])
  }
  model.dispose()

  // From now on this machine's pace is known, and what was built is what a preview says.
  const { previewTraining: preview } = await client.ask<{ previewTraining: { seconds: number } }>(PREVIEW, {
    input: INPUT,
  })
  expect(preview).toMatchObject({ steps: STEPS, parameters: found.parameters })
  expect(preview.seconds).toBeGreaterThan(0)
})
