// Whether a search is healthy, in a word with a sign of its own, since when it is not, and why.
import type { CollapseReport } from '@cellboard/schema/events'

const LOOKS: Readonly<Record<CollapseReport['verdict'], { sign: string; word: string }>> = {
  healthy: { sign: '✓', word: 'healthy' },
  warning: { sign: '△', word: 'warning' },
  collapsed: { sign: '✕', word: 'collapsed' },
}

export function VerdictBadge({ report }: { report: CollapseReport }) {
  const { sign, word } = LOOKS[report.verdict]
  return (
    <span className={`verdict verdict-${report.verdict}`} title={report.reasons.join(' ')}>
      <span aria-hidden="true">{sign}</span> {word}
      {report.since !== null && (
        <span className="verdict-since">
          {' '}
          since epoch <span className="number">{report.since}</span>
        </span>
      )}
    </span>
  )
}
