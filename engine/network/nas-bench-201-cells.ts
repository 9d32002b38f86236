// The body of a NAS-Bench-201 supernet: three stages of cells, with a residual block that halves the image between them.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import { avgPool2 } from '../kernels/avg-pool.js'
import { conv } from '../kernels/conv.js'
import { normalise } from '../kernels/normalise.js'
import { relu } from '../kernels/relu.js'
import { mixedEdge } from './mixed-edge.js'
import { reluConvNorm, type Layer } from './operators.js'
import { State } from './state.js'
import type { Body, SupernetPass, SupernetPlan } from './supernet-plan.js'
import type { WeightPlan } from './weights.js'

const STAGES = 3

type Block = (x: Tensor4D, pass: SupernetPass) => Tensor4D

/** Dong & Yang 2020, section 2: widths C, 2C, 4C; `cells` cells a stage. */
export function nasBench201Cells(plan: WeightPlan, network: SupernetPlan): Body {
  const { cells, channels } = network
  const blocks: Block[] = []
  for (let stage = 0; stage < STAGES; stage++) {
    const width = channels * 2 ** stage
    if (stage > 0) {
      const halve = residual(plan, width / 2, width)
      blocks.push((x, { weights }) => halve(x, weights))
    }
    for (let i = 0; i < cells; i++) blocks.push(cell(plan, network, width))
  }
  const headChannels = channels * 2 ** (STAGES - 1)
  const tail = plan.affine(headChannels)
  return {
    stemChannels: channels,
    headChannels,
    forward(stem, pass) {
      const { weights } = pass
      const last = blocks.reduce((x, block) => block(x, pass), stem)
      return relu(normalise(last, { scale: tail.scale(weights), offset: tail.offset(weights) }))
    },
  }
}

function cell(plan: WeightPlan, { space, candidates }: SupernetPlan, width: number): Block {
  const edges = space.edges.map((edge, i) => ({
    ...edge,
    mix: mixedEdge(i, candidates[i]!, plan, { channels: width, stride: 1, poolNorm: false }),
  }))
  return (x, pass) => {
    const states = [new State(x, pass.seed)]
    for (let node = 1; node <= space.nodes; node++) {
      const incoming = edges.filter((edge) => edge.to === node)
      const terms = incoming.flatMap(({ from, mix }) => mix(states[from]!, pass))
      states.push(new State(tf.addN(terms), pass.seed))
    }
    return states.at(-1)!.x
  }
}

/** A basic residual block of stride 2, its short cut an average pool and a pointwise convolution. */
function residual(plan: WeightPlan, from: number, to: number): Layer {
  const [first, second] = [reluConvNorm(plan, from, to, 3, 2), reluConvNorm(plan, to, to, 3)]
  const shortcut = plan.kernel(1, from, to)
  return (x, weights) => tf.add(second(first(x, weights), weights), conv(avgPool2(x), shortcut(weights)))
}
