// The cell of a training as text: a published name, at hand as a button, or any notation.
import type { InputCommon } from '../settings/setting-input.js'

interface GenotypeInputProps extends InputCommon {
  text: string
  published: readonly string[]
  onChange: (text: string) => void
}

export function GenotypeInput({ text, published, onChange, ...common }: GenotypeInputProps) {
  const written = text || 'DARTS_V2'
  return (
    <>
      <div className="genotype-names" role="group" aria-label="Published cells">
        {published.map((name) => (
          <button
            key={name}
            type="button"
            className="button button-quiet button-small"
            aria-pressed={name === written}
            onClick={() => onChange(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <textarea
        {...common}
        rows={Math.min(8, Math.max(2, Math.ceil(written.length / 70)))}
        placeholder="DARTS_V2"
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  )
}
