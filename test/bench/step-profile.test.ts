// What a log of begun and ended nodes adds up to, and where the first runs and nodes within nodes are left out.
import { expect, test } from 'vitest'
import { factsOf, StepProfile, tableOf } from './step-profile.js'

/** A line as TensorFlow's executor writes it. */
const line = (microseconds: number, what: string, id: number, step: number, name: string, kernel: string) =>
  `I0000 00:00:1795544563.${String(microseconds).padStart(6, '0')}   23219 executor.cc:879] ${what}: ${id} step ${step} {{node ${name}}} = ${kernel}[T=DT_FLOAT, _device="/job:localhost/device:CPU:0"](node_1, constant_0) device: /job:localhost`

const BEGUN = 'Process node'
const DONE = 'Synchronous kernel done'

test('adds up the median of each node by kernel and phase, without the first runs', () => {
  const profile = new StepProfile()
  // Node 7 takes 9, then 2, 3 and 10 ms; node 8 always 1 ms; what TensorFlow made of node 3 and others begins inside of node 8.
  for (const [step, ms] of [9, 2, 3, 10].entries()) {
    const at = 100_000 * step
    profile.hear(line(at, BEGUN, 7, step, 'node_7', '_MklNativeConv2D'))
    profile.hear(line(at + 1000 * ms, DONE, 7, step, 'node_7', '_MklNativeConv2D'))
    profile.hear(line(at + 50_000, BEGUN, 8, step, 'node_8', '_MklNativeConv2D'))
    profile.hear(line(at + 50_500, BEGUN, 9, step, 'ArithmeticOptimizer/AddOps_node_3', 'AddN'))
    profile.hear(line(at + 51_000, DONE, 8, step, 'node_8', '_MklNativeConv2D'))
    profile.hear(line(at + 51_000, DONE, 9, step, 'ArithmeticOptimizer/AddOps_node_3', 'AddN'))
  }
  const facts = {
    node_7: { phase: 'forward', bytes: 3e6 },
    node_8: { phase: 'forward', bytes: 1e6 },
    node_3: { phase: 'backward', bytes: 5e5 },
  }
  const [conv, sum, ...more] = profile.shares(facts, 1)
  expect(more).toEqual([])
  expect(conv).toMatchObject({ kernel: '_MklNativeConv2D', phase: 'forward', calls: 2, megabytes: 4 })
  expect(conv!.ms).toBeCloseTo(3 + 1, 2)
  expect(sum).toMatchObject({ kernel: 'AddN', phase: 'backward', calls: 1, megabytes: 0.5 })
  expect(sum!.ms).toBeCloseTo(0.5, 2)
  expect(tableOf([conv!, sum!])).toHaveLength(3)
})

test('leaves other lines to others', () => {
  const profile = new StepProfile()
  expect(profile.hear('I0000 00:00:1795544561.707400   23205 port.cc:153] oneDNN custom operations are on.')).toBe(
    false,
  )
  expect(profile.hear('step 1 of 5')).toBe(false)
  expect(profile.shares({}, 0)).toEqual([])
})

test('counts what goes into a node and what comes out of it, four bytes a number', () => {
  const nodes = [
    { name: 'input_0', phase: 'forward', inputs: [], outputs: [{ shape: [2, 3] }] },
    { name: 'node_0', phase: 'forward', inputs: ['input_0'], outputs: [{ shape: [4] }, { shape: [5] }] },
    { name: 'node_1', phase: 'backward', inputs: ['node_0:1', 'node_0'], outputs: [{ shape: [] }] },
  ]
  expect(factsOf(nodes)['node_0']).toEqual({ phase: 'forward', bytes: 4 * (6 + 4 + 5) })
  expect(factsOf(nodes)['node_1']).toEqual({ phase: 'backward', bytes: 4 * (5 + 4 + 1) })
})
