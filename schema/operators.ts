// The operators an edge of a cell may choose: their names, families and what a legend needs to draw them.

/** DARTS' eight primitives (Liu et al. 2019), the convolutions of NAS-Bench-201 (Dong & Yang 2020) and RobustDARTS' noise, by their published names. */
export const OPERATORS = [
  'none',
  'skip_connect',
  'max_pool_3x3',
  'avg_pool_3x3',
  'sep_conv_3x3',
  'sep_conv_5x5',
  'dil_conv_3x3',
  'dil_conv_5x5',
  'nor_conv_1x1',
  'nor_conv_3x3',
  'noise',
] as const

export type Operator = (typeof OPERATORS)[number]

export type OperatorFamily = 'none' | 'identity' | 'pooling' | 'separable' | 'dilated' | 'convolution' | 'noise'

export interface OperatorFacts {
  readonly family: OperatorFamily
  /** Side of the receptive window in pixels (a dilated 3x3 reaches 5). */
  readonly window: number
  /** For people: short enough for the edge of a drawn cell. */
  readonly label: string
  /** Colour-blind-safe (Okabe & Ito 2008, two lightness steps a family), readable on light and dark. */
  readonly colour: string
}

export const OPERATOR_FACTS: Readonly<Record<Operator, OperatorFacts>> = {
  none: { family: 'none', window: 0, label: 'none', colour: '#8a8f98' },
  skip_connect: { family: 'identity', window: 1, label: 'skip', colour: '#e69f00' },
  max_pool_3x3: { family: 'pooling', window: 3, label: 'max pool 3', colour: '#009e73' },
  avg_pool_3x3: { family: 'pooling', window: 3, label: 'avg pool 3', colour: '#66c9ab' },
  sep_conv_3x3: { family: 'separable', window: 3, label: 'sep conv 3', colour: '#0072b2' },
  sep_conv_5x5: { family: 'separable', window: 5, label: 'sep conv 5', colour: '#56b4e9' },
  dil_conv_3x3: { family: 'dilated', window: 5, label: 'dil conv 3', colour: '#cc79a7' },
  dil_conv_5x5: { family: 'dilated', window: 9, label: 'dil conv 5', colour: '#e3b5cf' },
  nor_conv_1x1: { family: 'convolution', window: 1, label: 'conv 1', colour: '#f0a37a' },
  nor_conv_3x3: { family: 'convolution', window: 3, label: 'conv 3', colour: '#d55e00' },
  noise: { family: 'noise', window: 0, label: 'noise', colour: '#a89400' },
}
