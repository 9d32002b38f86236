// The nearest known names to one that is not known, for messages that help.

/** Edits (insert, delete, replace) that turn one word into the other: Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

/** At most three names out of `known`, the likeliest first. Upper and lower case, `-` and `_` count as the same. */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const plain = (word: string) => word.toLowerCase().replaceAll('-', '_')
  const wanted = plain(name)
  const scored = known.map((word) => {
    const other = plain(word)
    const inside = other.includes(wanted) || wanted.includes(other)
    return { word, score: (inside ? 0 : distance(wanted, other)) / Math.max(1, wanted.length) }
  })
  return scored
    .sort((a, b) => a.score - b.score)
    .filter((one, i) => i === 0 || one.score <= 0.5)
    .slice(0, 3)
    .map((one) => one.word)
}
