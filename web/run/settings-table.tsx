// All settings of a run, those that are not the published default marked, and what computed it.
import type { RunSeen } from '@cellboard/schema/progress'
import { useState } from 'react'
import { countText } from '../charts/number-text.js'
import type { Published } from './published-settings.js'

function valueText(value: unknown): string {
  if (Array.isArray(value))
    return value.some(Array.isArray)
      ? value.map((one: unknown) => (Array.isArray(one) ? one.join(' + ') : String(one))).join(' | ')
      : value.join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' || typeof value === 'string' ? String(value) : JSON.stringify(value)
}

interface SettingsTableProps {
  settings: object
  /** What is taken where nothing is said; asked for when somebody unfolds the table. */
  published: Published
  seen: RunSeen
}

export function SettingsTable({ settings, published, seen }: SettingsTableProps) {
  const [usual, setUsual] = useState<Record<string, unknown>>({})
  const { started } = seen
  return (
    <details className="card fold" onToggle={(event) => event.currentTarget.open && void published().then(setUsual)}>
      <summary>Settings and machine</summary>
      <dl className="settings">
        {started && (
          <>
            <div>
              <dt>computed by</dt>
              <dd>
                {started.backend.name} {started.backend.version} on {started.backend.device}
                {started.backendNote && <span className="quiet"> {started.backendNote}</span>}
              </dd>
            </div>
            <div>
              <dt>images</dt>
              <dd>
                {countText(started.dataset.train)} to train on, {countText(started.dataset.validation)} to validate
              </dd>
            </div>
          </>
        )}
        {Object.entries(settings).map(([key, value]: [string, unknown]) => {
          if (value === '') return null
          const changed = key in usual && valueText(value) !== valueText(usual[key])
          return (
            <div key={key} className={key === 'spaceText' ? 'settings-wide' : undefined}>
              <dt>{key}</dt>
              <dd className={changed ? 'changed' : undefined}>
                {key === 'spaceText' ? <pre className="code">{valueText(value)}</pre> : valueText(value)}
                {changed && <span className="quiet"> (published: {valueText(usual[key])})</span>}
              </dd>
            </div>
          )
        })}
      </dl>
    </details>
  )
}
