// Published genotypes by name, to count, compare and draw.
import type { Genotype, GenotypeCell } from '@cellboard/schema/genotype'
import type { Operator } from '@cellboard/schema/operators'

const SHORT = {
  skip: 'skip_connect',
  max: 'max_pool_3x3',
  avg: 'avg_pool_3x3',
  sep3: 'sep_conv_3x3',
  sep5: 'sep_conv_5x5',
  dil3: 'dil_conv_3x3',
  dil5: 'dil_conv_5x5',
} as const satisfies Record<string, Operator>

type ShortEdge = `${keyof typeof SHORT}<${number}`

/** Four nodes of two edges each; `sep3<0` reads state 0 (0 and 1 are the cells before, 2 to 5 the nodes). */
const cell = (...edges: ShortEdge[]): GenotypeCell =>
  [0, 2, 4, 6].map((first) =>
    edges.slice(first, first + 2).map((edge) => {
      const [short, from] = edge.split('<') as [keyof typeof SHORT, string]
      return { operator: SHORT[short], from: Number(from) }
    }),
  )

const darts = (normal: GenotypeCell, reduction: GenotypeCell): Genotype => ({ space: 'darts', normal, reduction })

export const PUBLISHED_GENOTYPES: Readonly<Record<string, Genotype>> = {
  // Liu et al. 2019, first and second order: quark0/darts, cnn/genotypes.py.
  DARTS_V1: darts(
    cell('sep3<1', 'sep3<0', 'skip<0', 'sep3<1', 'skip<0', 'sep3<1', 'sep3<0', 'skip<2'),
    cell('max<0', 'max<1', 'skip<2', 'max<0', 'max<0', 'skip<2', 'skip<2', 'avg<0'),
  ),
  DARTS_V2: darts(
    cell('sep3<0', 'sep3<1', 'sep3<0', 'sep3<1', 'sep3<1', 'skip<0', 'skip<0', 'dil3<2'),
    cell('max<0', 'max<1', 'skip<2', 'max<1', 'max<0', 'skip<2', 'skip<2', 'max<1'),
  ),
  // Chen et al. 2019: chenxin061/pdarts, genotypes.py.
  PDARTS: darts(
    cell('skip<0', 'dil3<1', 'skip<0', 'sep3<1', 'sep3<1', 'sep3<3', 'sep3<0', 'dil5<4'),
    cell('avg<0', 'sep5<1', 'sep3<0', 'dil5<2', 'max<0', 'dil3<1', 'dil3<1', 'dil5<3'),
  ),
  // Xu et al. 2020: yuhuixu1993/PC-DARTS, genotypes.py.
  PC_DARTS_CIFAR: darts(
    cell('sep3<1', 'skip<0', 'sep3<0', 'dil3<1', 'sep5<0', 'sep3<1', 'avg<0', 'dil3<1'),
    cell('sep5<1', 'max<0', 'sep5<1', 'sep5<2', 'sep3<0', 'sep3<3', 'sep3<1', 'sep3<2'),
  ),
  PC_DARTS_IMAGE: darts(
    cell('skip<1', 'sep3<0', 'sep3<0', 'skip<1', 'sep3<1', 'sep3<3', 'sep3<1', 'dil5<4'),
    cell('sep3<0', 'skip<1', 'dil5<2', 'max<1', 'sep3<2', 'sep3<1', 'sep5<0', 'sep3<3'),
  ),
  // Li et al. 2019: drawn in susan0199/StacNAS, images/*_normal.png and *_reduce.png.
  STACNAS_CIFAR10: darts(
    cell('skip<0', 'sep3<1', 'skip<0', 'sep3<2', 'sep3<0', 'sep3<1', 'sep3<0', 'sep3<2'),
    cell('max<0', 'skip<1', 'avg<0', 'dil5<2', 'avg<0', 'dil5<3', 'sep5<0', 'dil5<3'),
  ),
  STACNAS_CIFAR100: darts(
    cell('skip<0', 'dil3<1', 'sep3<0', 'sep3<1', 'sep3<0', 'sep3<1', 'sep3<0', 'sep3<1'),
    cell('avg<0', 'sep3<1', 'avg<0', 'dil5<2', 'sep5<1', 'dil5<2', 'sep3<0', 'dil5<3'),
  ),
  STACNAS_IMAGENET: darts(
    cell('skip<0', 'skip<1', 'sep3<0', 'sep3<1', 'sep3<0', 'sep3<1', 'sep3<0', 'sep3<1'),
    cell('sep3<0', 'sep3<1', 'sep3<0', 'sep3<1', 'sep3<0', 'sep3<1', 'sep3<0', 'sep3<1'),
  ),
  // Hong et al. 2020: wiljohnhong/DropNAS.
  DROPNAS_CIFAR10: darts(
    cell('sep3<1', 'skip<0', 'sep3<1', 'sep3<0', 'sep3<1', 'sep3<0', 'dil5<4', 'dil3<1'),
    cell('max<0', 'sep5<1', 'dil5<2', 'sep5<1', 'dil5<3', 'dil5<2', 'dil5<3', 'dil5<4'),
  ),
}
