// The kernels once more as plain loops in double precision: the oracle that the tests hold the fast forms against.

/** Numbers in the order of a tensor's values, with its shape. */
export interface Numbers {
  values: ArrayLike<number>
  shape: number[]
}
type Window = { stride: number; dilation?: number }

/** Walks every tap of every window that lies inside of the image: output place, input place, row and column of the tap. */
function walk(
  [n, height, width]: number[],
  size: number,
  { stride, dilation = 1 }: Window,
  visit: (output: number, input: number, row: number, column: number) => void,
): void {
  const [oh, ow] = [Math.ceil(height! / stride), Math.ceil(width! / stride)]
  const padding = (dilation * (size - 1)) / 2
  for (let output = 0; output < n! * oh * ow; output++) {
    const image = Math.floor(output / (oh * ow))
    const top = Math.floor((output % (oh * ow)) / ow) * stride - padding
    const left = (output % ow) * stride - padding
    for (let tap = 0; tap < size * size; tap++) {
      const [row, column] = [Math.floor(tap / size), tap % size]
      const [y, x] = [top + row * dilation, left + column * dilation]
      if (y < 0 || x < 0 || y >= height! || x >= width!) continue
      visit(output, (image * height! + y) * width! + x, row, column)
    }
  }
}

export function naiveConv(x: Numbers, w: Numbers, window: Window): number[] {
  const [size, , cin, cout] = w.shape as [number, number, number, number]
  const result: number[] = []
  walk(x.shape, size, window, (output, input, row, column) => {
    for (let o = 0; o < cout; o++) {
      for (let i = 0; i < cin; i++) {
        const weight = w.values[((row * size + column) * cin + i) * cout + o]!
        result[output * cout + o] = (result[output * cout + o] ?? 0) + x.values[input * cin + i]! * weight
      }
    }
  })
  return result
}

export function naiveDepthwise(x: Numbers, w: Numbers, window: Window): number[] {
  const [size, , c] = w.shape as [number, number, number]
  const result: number[] = []
  walk(x.shape, size, window, (output, input, row, column) => {
    for (let i = 0; i < c; i++) {
      const product = x.values[input * c + i]! * w.values[(row * size + column) * c + i]!
      result[output * c + i] = (result[output * c + i] ?? 0) + product
    }
  })
  return result
}

export function naiveMaxPool(x: Numbers, window: Window): number[] {
  const c = x.shape[3]!
  const result: number[] = []
  walk(x.shape, 3, window, (output, input) => {
    for (let i = 0; i < c; i++) {
      result[output * c + i] = Math.max(result[output * c + i] ?? -Infinity, x.values[input * c + i]!)
    }
  })
  return result
}

export function naiveAvgPool(x: Numbers, window: Window): number[] {
  const c = x.shape[3]!
  const sums: number[] = []
  const counts: number[] = []
  walk(x.shape, 3, window, (output, input) => {
    for (let i = 0; i < c; i++) {
      sums[output * c + i] = (sums[output * c + i] ?? 0) + x.values[input * c + i]!
      counts[output * c + i] = (counts[output * c + i] ?? 0) + 1
    }
  })
  return sums.map((sum, i) => sum / counts[i]!)
}

export function naiveAvgPool2(x: Numbers): number[] {
  const [n, height, width, c] = x.shape as [number, number, number, number]
  const [oh, ow] = [Math.floor(height / 2), Math.floor(width / 2)]
  return Array.from({ length: n * oh * ow * c }, (_, at) => {
    const channel = at % c
    const column = Math.floor(at / c) % ow
    const row = Math.floor(at / (c * ow)) % oh
    const image = Math.floor(at / (c * ow * oh))
    const pixel = (y: number, x0: number) => x.values[((image * height + y) * width + x0) * c + channel]!
    const [y, x0] = [2 * row, 2 * column]
    return (pixel(y, x0) + pixel(y, x0 + 1) + pixel(y + 1, x0) + pixel(y + 1, x0 + 1)) / 4
  })
}

export function naiveNormalise(x: Numbers, scale?: Numbers, offset?: Numbers): number[] {
  const c = x.shape[3]!
  const all = Array.from(x.values)
  const columns = Array.from({ length: c }, (_, i) => all.filter((_, at) => at % c === i))
  const means = columns.map(mean)
  const variances = columns.map((column, i) => mean(column.map((value) => (value - means[i]!) ** 2)))
  return all.map((value, at) => {
    const i = at % c
    const standard = (value - means[i]!) / Math.sqrt(variances[i]! + 1e-5)
    return standard * (scale?.values[i] ?? 1) + (offset?.values[i] ?? 0)
  })
}

export function naiveMeanOverPixels(x: Numbers): number[] {
  const [n, height, width, c] = x.shape as [number, number, number, number]
  const pixels = height * width
  return Array.from({ length: n * c }, (_, at) => {
    const first = Math.floor(at / c) * pixels * c + (at % c)
    return mean(Array.from({ length: pixels }, (_, pixel) => x.values[first + pixel * c]!))
  })
}

export function naiveLinear(x: Numbers, w: Numbers, b: Numbers): number[] {
  const [features, classes] = w.shape as [number, number]
  return Array.from({ length: x.shape[0]! * classes }, (_, at) => {
    const [row, column] = [Math.floor(at / classes), at % classes]
    let sum = b.values[column]!
    for (let i = 0; i < features; i++) sum += x.values[row * features + i]! * w.values[i * classes + column]!
    return sum
  })
}

export function naiveCrossEntropy(logits: Numbers, oneHot: Numbers): number[] {
  const [n, classes] = logits.shape as [number, number]
  const losses = Array.from({ length: n }, (_, row) => {
    const scores = Array.from(logits.values).slice(row * classes, (row + 1) * classes)
    const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0))
    return scores.reduce((loss, score, i) => loss - oneHot.values[row * classes + i]! * (score - total), 0)
  })
  return [mean(losses)]
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
