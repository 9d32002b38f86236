// Makes a list of layers shorter without changing what it computes: normalisations go into the convolutions before them.
import type { Layer, LayerGraph, Numbers } from './layers.js'

type LayerOf<Op extends Layer['op']> = Extract<Layer, { op: Op }>

/** Per channel factors and summands after a dense convolution become its kernel and bias; row and column pools become one. */
export function fold({ layers, logits, probabilities }: LayerGraph): LayerGraph {
  const readers = layers.map(() => 0)
  for (const place of [...layers.flatMap(({ from }) => from), logits, probabilities]) readers[place]!++
  const folded: Layer[] = []
  const placeOf: number[] = []
  layers.forEach((layer, i) => {
    const from = layer.from.map((place) => placeOf[place]!)
    const only = from.length === 1 && readers[layer.from[0]!] === 1 ? folded[from[0]!] : undefined
    const joined = only && join(only, layer)
    if (joined) folded[from[0]!] = joined
    placeOf[i] = joined ? from[0]! : folded.push({ ...layer, from }) - 1
  })
  return { layers: folded, logits: placeOf[logits]!, probabilities: placeOf[probabilities]! }
}

/** One layer for two, the first of which nobody else reads; undefined where that cannot be. */
function join(first: Layer, second: Layer): Layer | undefined {
  if (first.op === 'conv' && (second.op === 'times' || second.op === 'plus')) return intoConvolution(first, second)
  if (first.op === 'max-pool' && second.op === 'max-pool') return onePool(first, second)
  return undefined
}

function intoConvolution(conv: LayerOf<'conv'>, { op, by }: LayerOf<'times' | 'plus'>): Layer | undefined {
  const channels = conv.shape.at(-1)!
  if (by.shape.length !== 1 || by.shape[0] !== channels) return undefined
  const { kernel, bias } = conv
  if (op === 'plus') return { ...conv, bias: bias ? combined(bias, by, (a, b) => a + b) : by }
  const times = (a: number, b: number) => a * b
  return { ...conv, kernel: combined(kernel, by, times), bias: bias && combined(bias, by, times) }
}

/** Value by value; `last` goes along the last axis again and again. */
const combined = ({ shape, values }: Numbers, last: Numbers, of: (a: number, b: number) => number): Numbers => ({
  shape,
  values: values.map((value, i) => of(value, last.values[i % last.values.length]!)),
})

/** The largest along columns, then along rows: the largest of a square. */
function onePool(first: LayerOf<'max-pool'>, second: LayerOf<'max-pool'>): Layer | undefined {
  const [a, b] = [first, second]
  const apart = a.window[0] === 1 && a.stride[0] === 1 && b.window[1] === 1 && b.stride[1] === 1
  if (!apart) return undefined
  return {
    op: 'max-pool',
    from: a.from,
    shape: b.shape,
    window: [b.window[0], a.window[1]],
    stride: [b.stride[0], a.stride[1]],
    around: { ...a.around, top: b.around.top, bottom: b.around.bottom },
  }
}
