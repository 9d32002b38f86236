// All settings of a run, those that are not the published default marked, and what computed it.
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { RunSeen } from '@cellboard/schema/progress'
import { useState } from 'react'
import { countText } from '../charts/number-text.js'

function valueText(value: unknown): string {
  if (Array.isArray(value))
    return value.some(Array.isArray)
      ? value.map((one: unknown) => (Array.isArray(one) ? one.join(' + ') : String(one))).join(' | ')
      : value.join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' || typeof value === 'string' ? String(value) : JSON.stringify(value)
}

/** The rules and what reads space files are loaded when somebody unfolds the table: the charts above do without them. */
async function publishedFor(settings: ResolvedSearchSettings): Promise<Record<string, unknown>> {
  const { resolveSettings, searchSettingsSchema } = await import('@cellboard/schema/settings')
  const { method, optimisation, space, spaceText, dataset } = settings
  const asked = searchSettingsSchema.safeParse({ method, optimisation, space, spaceText, dataset })
  return asked.success ? { ...resolveSettings(asked.data) } : {}
}

export function SettingsTable({ settings, seen }: { settings: ResolvedSearchSettings; seen: RunSeen }) {
  const [usual, setUsual] = useState<Record<string, unknown>>({})
  const { started } = seen
  return (
    <details
      className="card fold"
      onToggle={(event) => event.currentTarget.open && void publishedFor(settings).then(setUsual)}
    >
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
        {Object.entries(settings).map(([key, value]) => {
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
