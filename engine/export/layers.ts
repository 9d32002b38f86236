// A network as it is handed out: layers in order, each reading earlier ones. Every format is written from this list.

/** A constant: its values, row by row. */
export interface Numbers {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Rows and columns. */
export type Sides = readonly [rows: number, columns: number]

/** Zeros (for a largest value: nothing) around an image. */
export interface Around {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** What a layer does with what it reads; images are [n, rows, columns, channels]. */
export type Work =
  /** The input. */
  | { readonly op: 'images' }
  /** kernel: [rows, columns, from, to]; bias: [to]. */
  | { readonly op: 'conv'; readonly kernel: Numbers; readonly bias: Numbers | null; readonly stride: Sides; readonly around: Around } // prettier-ignore
  /** Each channel with its own filter; kernel: [rows, columns, channels, 1]. */
  | { readonly op: 'depthwise'; readonly kernel: Numbers; readonly stride: Sides; readonly dilation: Sides; readonly around: Around } // prettier-ignore
  | { readonly op: 'max-pool'; readonly window: Sides; readonly stride: Sides; readonly around: Around }
  /** Without anything around. */
  | { readonly op: 'mean-pool'; readonly window: Sides; readonly stride: Sides }
  | { readonly op: 'relu' }
  /** The sum of all that it reads. */
  | { readonly op: 'sum' }
  /** `by` is spread over what is read, as NumPy spreads. */
  | { readonly op: 'times' | 'plus'; readonly by: Numbers }
  /** Side by side, along the channels. */
  | { readonly op: 'join' }
  /** The part of each image that begins there; the layer's shape says how large it is. */
  | { readonly op: 'part'; readonly begin: readonly number[] }
  /** Over rows and columns: [n, channels]. */
  | { readonly op: 'mean' }
  /** matrix: [from, to]. */
  | { readonly op: 'product'; readonly matrix: Numbers }
  | { readonly op: 'softmax' }

export type Layer = Work & {
  /** Places of the layers that it reads. */
  readonly from: readonly number[]
  /** Of what it gives for one image: the images' own number n comes before. */
  readonly shape: readonly number[]
}

/** The outputs are the places of two layers, [classes] each. */
export interface LayerGraph {
  readonly layers: readonly Layer[]
  readonly logits: number
  readonly probabilities: number
}

export const scalar = (value: number): Numbers => ({ shape: [], values: Float32Array.of(value) })
