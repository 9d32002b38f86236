// Whether a search is healthy, in a word with a sign of its own, since when it is not, and why.
import type { CollapseReport } from '@cellboard/schema/events'

const LOOKS: Readonly<Record<CollapseReport['verdict'], { sign: string; word: string }>> = {
  healthy: { sign: '✓', word: 'healthy' },
  warning: { sign: '△', word: 'warning' },
  collapsed: { sign: '✕', word: 'collapsed' },
}

interface VerdictBadgeProps {
  verdict: CollapseReport['verdict']
  since: number | null
  reasons?: readonly string[]
}

export function VerdictBadge({ verdict, since, reasons = [] }: VerdictBadgeProps) {
  const { sign, word } = LOOKS[verdict]
  return (
    <span className={`verdict verdict-${verdict}`} title={reasons.join(' ') || undefined}>
      <span aria-hidden="true">{sign}</span> {word}
      {since !== null && (
        <span className="verdict-since">
          {' '}
          since epoch <span className="number">{since}</span>
        </span>
      )}
    </span>
  )
}
