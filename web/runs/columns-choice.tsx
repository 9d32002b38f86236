// Which settings and metrics the list of runs shows as columns.
import { useId, useRef, useState } from 'react'
import { keyOf, PICKS } from './column.js'
import type { Names } from './condition.js'
import { settingNames } from './known-settings.js'

interface ColumnsChoiceProps {
  /** Keys of the columns that are shown. */
  columns: readonly string[]
  names: Names
  /** Null: those that fit the kind. */
  onColumns: (columns: readonly string[] | null) => void
}

const PICK_TEXTS = { LAST: 'last', MIN: 'min', MAX: 'max' } as const

export function ColumnsChoice({ columns, names, onColumns }: ColumnsChoiceProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [chosen, setChosen] = useState<readonly string[]>(columns)
  const [text, setText] = useState('')
  const open = () => {
    setChosen(columns)
    setText('')
    dialog.current?.showModal()
  }
  const done = (columns: readonly string[] | null) => {
    dialog.current?.close()
    onColumns(columns)
  }
  const box = (key: string, label: string, shown: string) => (
    <label className="switch" key={key}>
      <input
        type="checkbox"
        aria-label={label}
        checked={chosen.includes(key)}
        onChange={(event) => setChosen(event.target.checked ? [...chosen, key] : chosen.filter((one) => one !== key))}
      />
      {shown}
    </label>
  )
  const wanted = (name: string) => name.toLowerCase().includes(text.trim().toLowerCase())
  const settings = [...new Set(names.settings.length > 0 ? names.settings : settingNames())].filter(wanted)
  return (
    <>
      <button type="button" className="button button-quiet button-small" onClick={open}>
        Columns
      </button>
      <dialog ref={dialog} className="dialog columns-dialog" aria-labelledby={id}>
        <h2 id={id}>Columns</h2>
        <input
          type="search"
          aria-label="Find a setting or metric"
          placeholder="Find a setting or metric"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="columns-list">
          <fieldset>
            <legend>Metrics</legend>
            {names.metrics.filter(wanted).map((name) => (
              <div key={name} className="columns-metric">
                <span>{name}</span>
                {PICKS.map((pick) =>
                  box(keyOf({ of: 'metric', name, pick }), `${name}, ${PICK_TEXTS[pick]}`, PICK_TEXTS[pick]),
                )}
              </div>
            ))}
          </fieldset>
          <fieldset>
            <legend>Settings</legend>
            {settings.map((name) => box(keyOf({ of: 'setting', name }), name, name))}
          </fieldset>
        </div>
        <div className="dialog-buttons">
          <button type="button" className="button button-quiet" onClick={() => done(null)}>
            As at first
          </button>
          <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
            Keep
          </button>
          <button type="button" className="button" onClick={() => done(chosen)}>
            Show
          </button>
        </div>
      </dialog>
    </>
  )
}
