// A space of one's own to begin with: small, whole, and every line explained.

export const SPACE_EXAMPLE = `# Cells of this space go into one of two networks: darts or nas-bench-201.
network: darts
title: Three nodes, no pools
nodes: 3            # computed inside a cell, besides its inputs
keep: 2             # edges that a node keeps in the derived cell, or: all
cells: [8, 11]      # depth of stages 1 and 2
channels: 16        # width of the first cell

# What every edge may choose ...
candidates: [none, skip_connect, sep_conv_3x3, sep_conv_5x5, dil_conv_3x3]

# ... but for these. States 0 and 1 enter a cell, its nodes follow.
edges:
  - {cell: reduction, from: 0, to: 2, candidates: [none, max_pool_3x3, avg_pool_3x3]}
  - {cell: reduction, from: 1, to: 2, candidates: [none, max_pool_3x3, avg_pool_3x3]}

# Operators thought alike, the representative first.
clusters:
  - [skip_connect]
  - [sep_conv_3x3, sep_conv_5x5]
  - [dil_conv_3x3]
  - [max_pool_3x3, avg_pool_3x3]
`
