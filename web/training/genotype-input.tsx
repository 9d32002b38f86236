// The cell of a training as text: a published name or any notation, drawn as the server understands it.
import type { Genotype } from '@cellboard/schema/genotype'
import { DrawnCell } from '../cell/drawn-cell.js'
import type { InputCommon } from '../settings/setting-input.js'

interface GenotypeInputProps extends InputCommon {
  text: string
  published: readonly string[]
  /** As it was last understood; null while it cannot be read. */
  genotype: Genotype | null
  onChange: (text: string) => void
}

export function GenotypeInput({ text, published, genotype, onChange, ...common }: GenotypeInputProps) {
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
      {genotype && (
        <>
          <DrawnCell genotype={genotype} kind="normal" />
          {genotype.reduction && <DrawnCell genotype={genotype} kind="reduction" />}
        </>
      )}
    </>
  )
}
