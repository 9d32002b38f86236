// All operators' shares of every edge in one epoch, as stacked bars; each bar is a button that chooses its edge.
import { percentText } from '../charts/number-text.js'
import { operatorLook } from '../cell/operator-chip.js'

interface ShareBarsProps {
  rows: readonly { label: string; candidates: readonly string[]; shares: readonly number[] }[]
  epoch: number
  chosen: number
  onChoose: (row: number) => void
}

export function ShareBars({ rows, epoch, chosen, onChoose }: ShareBarsProps) {
  return (
    <ul className="bars" aria-label={`Shares of every edge in epoch ${epoch}`}>
      {rows.map(({ label, candidates, shares }, row) => (
        <li key={label}>
          <span className="bar-label number" aria-hidden="true">
            {label}
          </span>
          <button
            type="button"
            className="bar"
            aria-pressed={row === chosen}
            onClick={() => onChoose(row)}
            aria-label={`${label}: ${candidates
              .map((name, i) => `${operatorLook(name).label} ${percentText(shares[i]!, 0)}`)
              .join(', ')}`}
          >
            {candidates.map((name, i) => (
              <span
                // A stage may offer an operator twice (a singleton's duplicate): the place tells them apart.
                key={`${name}-${i}`}
                title={`${operatorLook(name).label} ${percentText(shares[i]!)}`}
                style={{ width: `${shares[i]! * 100}%`, background: operatorLook(name).colour }}
              />
            ))}
          </button>
        </li>
      ))}
    </ul>
  )
}
