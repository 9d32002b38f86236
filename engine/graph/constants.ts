// The constants of a graph being written down: their values, and one node for all that are equal.
import type { NativeBinding } from './native-binding.js'
import type { Known } from './output-shapes.js'
import type { GraphNode } from './saved-model.js'
import { CaptureError, typeName } from './capture-error.js'

export interface Constant extends Known {
  readonly values: ArrayLike<number>
}

export class Constants {
  readonly #native: NativeBinding
  readonly #known = new Map<number, Constant>()
  readonly #nodeOfContent = new Map<string, string>()

  constructor(native: NativeBinding) {
    this.#native = native
  }

  add(id: number, constant: Constant): void {
    this.#known.set(id, constant)
  }

  get(id: number): Constant | undefined {
    return this.#known.get(id)
  }

  /** The tensors that kernels make for an attribute of 64 bits, which tfjs never gives back. */
  idsOfInt64(): number[] {
    return [...this.#known].filter(([, { dtype }]) => dtype === this.#native.TF_INT64).map(([id]) => id)
  }

  /**
   * The name of a constant's node, and the node itself where there is none with these values yet: kernels make their
   * little constants (axes, shapes, factors) anew at each call.
   */
  nodeOf({ dtype, shape, values }: Constant): { name: string; made?: Omit<GraphNode, 'phase'> } {
    const bytes = this.#bytesOf(dtype, values)
    const content = `${dtype} ${shape.join()} ${Buffer.from(bytes).toString('latin1')}`
    const equal = this.#nodeOfContent.get(content)
    if (equal !== undefined) return { name: equal }
    const name = `constant_${this.#nodeOfContent.size}`
    this.#nodeOfContent.set(content, name)
    const attributes = {
      dtype: { kind: 'type', value: dtype },
      value: { kind: 'tensor', dtype, shape, bytes },
    } as const
    return { name, made: { name, op: 'Const', inputs: [], attributes, outputs: [{ dtype, shape }] } }
  }

  #bytesOf(dtype: number, values: ArrayLike<number>): Uint8Array {
    const native = this.#native
    if (dtype === native.TF_FLOAT) return new Uint8Array(Float32Array.from(values).buffer)
    if (dtype === native.TF_BOOL) return Uint8Array.from(values)
    // tfjs-node keeps a 64-bit integer as two 32-bit halves, low first: the same bytes.
    if (dtype === native.TF_INT32 || dtype === native.TF_INT64) return new Uint8Array(Int32Array.from(values).buffer)
    throw new CaptureError(
      `Expected constants of type float32, int32, int64 or bool, but received ${typeName(native, dtype)}.`,
    )
  }
}
