// One labelled input, with what is wrong with it beside it.
import { useId, type InputHTMLAttributes, type ReactNode } from 'react'

interface FormFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  label: string
  problem?: string | undefined
  note?: string
  onText: (text: string) => void
}

export function FormField({ label, problem, note, onText, ...input }: FormFieldProps) {
  const id = useId()
  return (
    <div className={`field${problem ? ' field-wrong' : ''}`}>
      <label htmlFor={id}>{label}</label>
      <input
        type="text"
        {...input}
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={(problem ?? note) ? `${id}-note` : undefined}
        onChange={(event) => onText(event.target.value)}
      />
      {(problem ?? note) && (
        <span
          id={`${id}-note`}
          className={problem ? 'problem field-said' : 'quiet field-said'}
          role={problem ? 'alert' : undefined}
        >
          {problem ?? note}
        </span>
      )}
    </div>
  )
}

interface ChoiceFieldProps {
  label: string
  value: string
  choices: readonly { readonly value: string; readonly text: string }[]
  note?: ReactNode
  onChoice: (value: string) => void
}

export function ChoiceField({ label, value, choices, note, onChoice }: ChoiceFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => onChoice(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.text}
          </option>
        ))}
      </select>
      {note && (
        <span id={`${id}-note`} className="quiet field-said">
          {note}
        </span>
      )}
    </div>
  )
}
