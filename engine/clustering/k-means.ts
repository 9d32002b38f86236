// k-means, as StacNAS' released code groups operators by their mean feature maps (feature.py); here from distances alone.
import type { RandomStream } from '../data/random.js'
import type { CutGroups } from './cut.js'
import { inOrder, type Distances, type Groups } from './linkage.js'
import { bestBySilhouette } from './silhouette.js'

/** scikit-learn's defaults when the code was released. */
const STARTS = 10
const MOST_ROUNDS = 300
/** The numbers of clusters that the released code draws. */
const COUNTS = [2, 3, 4]

/**
 * Clusters for k = 2, 3 and 4 (below the number of points); the best silhouette decides, the fewest of equal ones. Where none scores
 * above 0 every point stays alone.
 * @param squared squared Euclidean distances of the points
 */
export function kMeansBySilhouette(squared: Distances, random: RandomStream): CutGroups {
  const groupings = COUNTS.filter((k) => k < squared.length).map((k) => kMeans(squared, k, random))
  const distances = squared.map((row) => row.map(Math.sqrt))
  const { best, scores } = bestBySilhouette(groupings, distances)
  return { groups: best ?? squared.map((_, i) => [i]), cut: { rule: 'k-means', height: null, scores } }
}

/**
 * The best of ten starts by k-means++ (Arthur & Vassilvitskii 2007), each followed by Lloyd's rounds until nothing moves. Only
 * distances are needed: the squared distance of a point to the centre of a group is the mean of those to its members, less half the
 * mean of those between its members.
 * @param k at most the number of points; no group stays empty
 */
export function kMeans(squared: Distances, k: number, random: RandomStream): Groups {
  let [best, least]: [Groups, number] = [[], Infinity]
  for (let start = 0; start < STARTS; start++) {
    const groups = settle(squared, firstCentres(squared, k, random))
    const inertia = groups.reduce((sum, group) => sum + group.length * scatter(group, squared), 0)
    if (inertia < least) [best, least] = [groups, inertia]
  }
  return inOrder(best)
}

/** Half the mean squared distance between members: their mean squared distance to the centre. */
const scatter = (group: readonly number[], squared: Distances): number =>
  group.reduce((sum, i) => sum + group.reduce((row, j) => row + squared[i]![j]!, 0), 0) / (2 * group.length ** 2)

const toCentre = (item: number, group: readonly number[], squared: Distances): number =>
  group.reduce((sum, j) => sum + squared[item]![j]!, 0) / group.length - scatter(group, squared)

/** The first centre anywhere, each further one as likely as it is far (squared) from those there are. */
function firstCentres(squared: Distances, k: number, random: RandomStream): number[] {
  const centres = [Math.floor(random() * squared.length)]
  while (centres.length < k) {
    const far = squared.map((row) => Math.min(...centres.map((centre) => row[centre]!)))
    const total = far.reduce((sum, one) => sum + one, 0)
    // Where all points lie on centres already, any that is none will do.
    const weights = total > 0 ? far : far.map((_, i) => (centres.includes(i) ? 0 : 1))
    centres.push(draw(weights, random))
  }
  return centres
}

function draw(weights: readonly number[], random: RandomStream): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  const at = weights.findIndex((weight) => (left -= weight) < 0)
  return at >= 0 ? at : weights.findLastIndex((weight) => weight > 0) // a rounding at the very end
}

function settle(squared: Distances, centres: readonly number[]): Groups {
  let groups: Groups = centres.map((centre) => [centre])
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = withoutEmpty(assign(squared, groups), squared)
    const same = next.every((group, i) => group.join() === groups[i]!.join())
    groups = next
    if (same) break
  }
  return groups
}

function assign(squared: Distances, groups: Groups): number[][] {
  const next: number[][] = groups.map(() => [])
  squared.forEach((_, item) => {
    const distances = groups.map((group) => toCentre(item, group, squared))
    next[distances.indexOf(Math.min(...distances))]!.push(item)
  })
  return next
}

/** Each empty group is given the item that is farthest from the centre of its own group of several. */
function withoutEmpty(groups: number[][], squared: Distances): number[][] {
  for (const empty of groups.filter((group) => group.length === 0)) {
    const several = groups.filter((group) => group.length > 1)
    const far = several.flatMap((group) => group.map((item) => ({ group, item, away: toCentre(item, group, squared) })))
    const { group, item } = far.reduce((most, one) => (one.away > most.away ? one : most))
    group.splice(group.indexOf(item), 1)
    empty.push(item)
  }
  return groups
}
