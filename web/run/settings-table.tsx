// All settings of a run, those that are not the published default marked, and what computed it.
import { resolveSettings, searchSettingsSchema, type ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { SearchSeen } from '@cellboard/schema/progress'
import { countText } from '../charts/number-text.js'

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => (Array.isArray(one) ? one.join(' + ') : String(one))).join(' | ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' || typeof value === 'string' ? String(value) : JSON.stringify(value)
}

export function SettingsTable({ settings, seen }: { settings: ResolvedSearchSettings; seen: SearchSeen }) {
  const { space, dataset } = settings
  const usual: Record<string, unknown> = { ...resolveSettings(searchSettingsSchema.parse({ space, dataset })) }
  const { started } = seen
  return (
    <details className="card fold">
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
          const changed = key in usual && valueText(value) !== valueText(usual[key])
          return (
            <div key={key}>
              <dt>{key}</dt>
              <dd className={changed ? 'changed' : undefined}>
                {valueText(value)}
                {changed && <span className="quiet"> (published: {valueText(usual[key])})</span>}
              </dd>
            </div>
          )
        })}
      </dl>
    </details>
  )
}
