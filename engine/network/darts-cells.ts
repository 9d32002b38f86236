// The body of a DARTS supernet: cells that read the two before them, reducing at one and two thirds of the depth.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { CellKind } from '@cellboard/schema/spaces'
import { cellKindAt, strideOf } from '../space/wiring.js'
import { mixedEdge } from './mixed-edge.js'
import { reduceLayer, reluConvNorm } from './operators.js'
import { State } from './state.js'
import type { Body, SupernetPass, SupernetPlan } from './supernet-plan.js'
import type { WeightPlan } from './weights.js'

type Cell = (before: Tensor4D, last: Tensor4D, pass: SupernetPass) => Tensor4D

/** DARTS cnn/model_search.py: widths double at each reduction; a cell's output is its nodes side by side. */
export function dartsCells(plan: WeightPlan, network: SupernetPlan, stemChannels: number): Body {
  const { space, cells, channels } = network
  const built: Cell[] = []
  let [beforeWidth, lastWidth, width, lastReduced] = [stemChannels, stemChannels, channels, false]
  for (let i = 0; i < cells; i++) {
    const kind = cellKindAt(i, cells)
    if (kind === 'reduction') width *= 2
    built.push(cell(plan, network, { beforeWidth, lastWidth, width, kind, lastReduced }))
    ;[beforeWidth, lastWidth, lastReduced] = [lastWidth, space.nodes * width, kind === 'reduction']
  }
  return {
    stemChannels,
    headChannels: lastWidth,
    forward(stem, pass) {
      let [before, last] = [stem, stem]
      for (const run of built) [before, last] = [last, run(before, last, pass)]
      return last
    },
  }
}

interface CellSetting {
  readonly beforeWidth: number
  readonly lastWidth: number
  readonly width: number
  readonly kind: CellKind
  readonly lastReduced: boolean
}

function cell(plan: WeightPlan, { space, candidates }: SupernetPlan, setting: CellSetting): Cell {
  const { beforeWidth, lastWidth, width, kind, lastReduced } = setting
  const enterBefore = lastReduced ? reduceLayer(plan, beforeWidth, width) : reluConvNorm(plan, beforeWidth, width)
  const enterLast = reluConvNorm(plan, lastWidth, width)
  const edges = space.edges.flatMap((edge, i) => {
    if (edge.cell !== kind) return []
    const stride = strideOf(space, edge)
    return [{ ...edge, mix: mixedEdge(i, candidates[i]!, plan, { channels: width, stride, poolNorm: true }) }]
  })
  return (before, last, pass) => {
    const { weights, seed } = pass
    const states = [new State(enterBefore(before, weights), seed), new State(enterLast(last, weights), seed)]
    for (let node = space.inputs; node < space.inputs + space.nodes; node++) {
      const incoming = edges.filter((edge) => edge.to === node)
      const terms = incoming.flatMap(({ from, mix }) => mix(states[from]!, pass))
      states.push(new State(tf.addN(terms), seed))
    }
    return tf.concat(
      states.slice(space.inputs).map((state) => state.x),
      3,
    )
  }
}
