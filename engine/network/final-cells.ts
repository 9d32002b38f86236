// The cells of final networks: DARTS' with two edges a node, NAS-Bench-201's with one operator on each of their six.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { GenotypeCell } from '@cellboard/schema/genotype'
import { SPACES, type Space } from '@cellboard/schema/spaces'
import { avgPool2 } from '../kernels/avg-pool.js'
import { conv } from '../kernels/conv.js'
import { relu } from '../kernels/relu.js'
import { cellKindAt, strideOf } from '../space/wiring.js'
import type { FinalBody, FinalNetworkPlan, FinalStem } from './final-network-plan.js'
import { buildFinalOperator, finalReduce, finalReluConvNorm } from './final-operators.js'
import type { FinalLayer, FinalPlan, Pass } from './final-plan.js'
import { State } from './state.js'

/** From the states that enter a cell to all of its states. */
type Nodes = (inputs: readonly Tensor4D[], pass: Pass) => State[]

interface CellSetting {
  readonly space: Space
  readonly reduction: boolean
  readonly width: number
  readonly poolNorm: boolean
}

/** A node is the sum of its edges; drop path may drop any of them but identities (DARTS cnn/model.py). */
function nodes(plan: FinalPlan, cell: GenotypeCell, { space, reduction, width, poolNorm }: CellSetting): Nodes {
  const built = cell.map((node) =>
    node.flatMap(({ operator, from }) => {
      const stride = strideOf(space, { cell: reduction ? 'reduction' : 'normal', from })
      const run = buildFinalOperator(operator, plan, { channels: width, stride, poolNorm })
      if (!run) return []
      const identity = operator === 'skip_connect' && stride === 1
      const path: FinalLayer = identity ? (x) => x : plan.path()
      return [(states: readonly State[], pass: Pass) => path(run(states[from]!, pass), pass)]
    }),
  )
  return (inputs, pass) => {
    const states = inputs.map((x) => new State(x, pass.seed))
    for (const edges of built) {
      const terms = edges.map((edge) => edge(states, pass))
      states.push(new State(terms.length > 0 ? tf.addN(terms) : tf.zerosLike(inputs[0]!), pass.seed))
    }
    return states
  }
}

/** Widths double at each reduction; a cell reads the two before it, and its output is its nodes side by side. */
export function finalDartsCells(
  plan: FinalPlan,
  { genotype, cells, channels, poolNorm }: FinalNetworkPlan,
  stem: FinalStem,
): FinalBody {
  type Cell = (before: Tensor4D, last: Tensor4D, pass: Pass) => Tensor4D
  const built: Cell[] = []
  let [beforeWidth, lastWidth, width, lastReduced] = [stem.beforeChannels, stem.lastChannels, channels, stem.reduced]
  let auxiliaryChannels = 0
  const auxiliaryAt = Math.floor((2 * cells) / 3)
  for (let i = 0; i < cells; i++) {
    const reduction = cellKindAt(i, cells) === 'reduction'
    if (reduction) width *= 2
    const enterBefore = (lastReduced ? finalReduce : finalReluConvNorm)(plan, beforeWidth, width)
    const enterLast = finalReluConvNorm(plan, lastWidth, width)
    const kept = reduction ? genotype.reduction! : genotype.normal
    const run = nodes(plan, kept, { space: SPACES.darts, reduction, width, poolNorm })
    built.push((before, last, pass) => {
      const states = run([enterBefore(before, pass), enterLast(last, pass)], pass)
      return tf.concat(
        states.slice(2).map((state) => state.x),
        3,
      )
    })
    ;[beforeWidth, lastWidth, lastReduced] = [lastWidth, kept.length * width, reduction]
    if (i === auxiliaryAt) auxiliaryChannels = lastWidth
  }
  return {
    headChannels: lastWidth,
    auxiliaryChannels,
    forward(maps, pass) {
      let { before, last } = maps
      let aside = last
      built.forEach((run, i) => {
        ;[before, last] = [last, run(before, last, pass)]
        if (i === auxiliaryAt) aside = last
      })
      return { features: last, aside }
    },
  }
}

/** Dong & Yang 2020, section 2: three stages of widths C, 2C, 4C, a residual block that halves the image between them. */
export function finalNasBench201Cells(plan: FinalPlan, { genotype, cells, channels }: FinalNetworkPlan): FinalBody {
  const blocks: FinalLayer[] = []
  for (let stage = 0; stage < 3; stage++) {
    const width = channels * 2 ** stage
    if (stage > 0) blocks.push(residual(plan, width / 2, width))
    for (let i = 0; i < cells; i++) {
      const setting = { space: SPACES['nas-bench-201'], reduction: false, width, poolNorm: false }
      const run = nodes(plan, genotype.normal, setting)
      blocks.push((x, pass) => run([x], pass).at(-1)!.x)
    }
  }
  const headChannels = 4 * channels
  const tail = plan.norm(headChannels)
  return {
    headChannels,
    auxiliaryChannels: null,
    forward(maps, pass) {
      const last = blocks.reduce((x, block) => block(x, pass), maps.last)
      return { features: relu(tail(last, pass)), aside: null }
    },
  }
}

function residual(plan: FinalPlan, from: number, to: number): FinalLayer {
  const [first, second] = [finalReluConvNorm(plan, from, to, 3, 2), finalReluConvNorm(plan, to, to, 3)]
  const shortcut = plan.kernel(1, from, to)
  return (x, pass) => tf.add(second(first(x, pass), pass), conv(avgPool2(x), shortcut(pass.weights)))
}
