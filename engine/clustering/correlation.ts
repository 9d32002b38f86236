// How alike the candidates of an edge are: the correlation of their whole output maps over many images (StacNAS feature_map.py).
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { splitWeights } from '../learning/gradients.js'
import type { Supernet } from '../network/supernet.js'
import type { SeeEdge } from '../network/supernet-plan.js'

/**
 * What a batch tells of some edges, as a pure function: weights flat, alphas [edges, widest] and images in; for each edge asked for, in
 * that order, two tensors out: means [operators, places] of the candidates' outputs over the images, and comoments
 * [operators, operators], the inner products of the outputs less those means, summed over images and places.
 *
 * Operators are the edge's candidates in order, `none` left out. Places are pixels and channels of the edge in every cell that has
 * it. Outputs come times their shares, which cancel in a correlation. Normalisations take the statistics of the batch.
 * @param edges their places in `space.edges`; all of them when absent
 */
export function correlationStep(net: Supernet, edges = Array.from({ length: net.edges }, (_, edge) => edge)) {
  return ([flat, alphas, images]: Tensor[]): Tensor[] => {
    const batch = images!.shape[0]
    const cells = new Map(edges.map((edge) => [edge, [] as ReturnType<typeof momentsInCell>[]]))
    // Reckoned as soon as they are seen, so that a graph may let the outputs of a cell go before the next.
    const seen: SeeEdge = (edge, terms) =>
      cells.get(edge)?.push(momentsInCell(terms.map((term) => tf.reshape(term, [batch, term.size / batch]))))
    net.forward(images as Tensor4D, splitWeights(flat as Tensor1D, net.specs), alphas as Tensor2D, { seen })
    return edges.flatMap((edge) => {
      const each = cells.get(edge)!
      if (each.length === 0) throw new Error(`Expected every edge in some cell, but edge ${edge} is in none.`)
      return [tf.concat(each.map(({ means }) => means), 1), tf.addN(each.map(({ comoments }) => comoments))] // prettier-ignore
    })
  }
}

function momentsInCell(terms: readonly Tensor2D[]): { means: Tensor2D; comoments: Tensor2D } {
  const means = terms.map((term) => tf.mean<Tensor2D>(term, 0, true))
  const centred = terms.map((term, i) => tf.reshape<tf.Rank.R2>(tf.sub(term, means[i]!), [1, term.size]))
  const rows = tf.concat(centred, 0)
  return { means: tf.concat(means, 0), comoments: tf.matMul(rows, rows, false, true) }
}

/** What is known of an edge from the images so far, in double precision: 8 bytes for each operator and place. */
export interface EdgeMoments {
  readonly images: number
  /** For each operator, its mean output at every place. */
  readonly means: readonly Float64Array[]
  /** [operators][operators] */
  readonly comoments: readonly (readonly number[])[]
}

/** The outputs of `correlationStep` for a batch of `images`, read and disposed: one for each edge. */
export async function readMoments(outputs: readonly Tensor[], images: number): Promise<EdgeMoments[]> {
  const edges = await Promise.all(
    Array.from({ length: outputs.length / 2 }, async (_, edge) => {
      const [means, comoments] = outputs.slice(2 * edge, 2 * edge + 2) as [Tensor2D, Tensor2D]
      const [values, products] = await Promise.all([means.data<'float32'>(), comoments.array()])
      const [operators, places] = means.shape
      const rows = Array.from({ length: operators }, (_, i) =>
        Float64Array.from(values.subarray(i * places, (i + 1) * places)),
      )
      return { images, means: rows, comoments: products }
    }),
  )
  tf.dispose([...outputs])
  return edges
}

/**
 * The moments of both sets of images together (Chan, Golub & LeVeque 1983): with d the difference of the means,
 * comoments_ij + comoments'_ij + n n' / (n + n') <d_i, d_j>. Nothing cancels, however many batches there are.
 */
export function mergeMoments(a: EdgeMoments, b: EdgeMoments): EdgeMoments {
  const images = a.images + b.images
  const apart = a.means.map((mean, i) => mean.map((value, place) => b.means[i]![place]! - value))
  const weight = (a.images * b.images) / images
  return {
    images,
    means: a.means.map((mean, i) => mean.map((value, place) => value + (apart[i]![place]! * b.images) / images)),
    comoments: a.comoments.map((row, i) =>
      row.map((product, j) => product + b.comoments[i]![j]! + weight * innerProduct(apart[i]!, apart[j]!)),
    ),
  }
}

/**
 * Correlations of an edge's operators, in [-1, 1], 1 on the diagonal. An operator whose output is the same for every image is
 * correlated with none: 0.
 */
export const correlationsOf = ({ comoments }: EdgeMoments): number[][] =>
  comoments.map((row, i) =>
    row.map((product, j) => {
      const scale = Math.sqrt(row[i]! * comoments[j]![j]!)
      if (i === j) return 1
      return scale > 0 ? Math.max(-1, Math.min(1, product / scale)) : 0
    }),
  )

function innerProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
