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

interface FormEndProps {
  /** What the button says. */
  children: ReactNode
  disabled?: boolean
  /** For a form beside others. */
  quiet?: boolean
  /** Why it was refused, where that is not told at a field. */
  problem?: string | null | false
}

/** The button that sends a form, and why it was refused. */
export function FormEnd({ children, disabled, quiet, problem }: FormEndProps) {
  return (
    <div className="form-end">
      <button type="submit" className={quiet ? 'button button-quiet' : 'button'} disabled={disabled}>
        {children}
      </button>
      {problem && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}

interface DialogFormProps {
  /** What the button says that sends it, and the one that closes the dialog without. */
  action: string
  close: string
  children: ReactNode
  busy: boolean
  /** Why it was refused: the dialog stays. */
  problem: string | null
  onSubmit: () => unknown
  onClose: () => void
}

/** The form in a dialog. */
export function DialogForm({ action, close, children, busy, problem, onSubmit, onClose }: DialogFormProps) {
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit()
      }}
    >
      {children}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="dialog-buttons">
        <button type="button" className="button button-quiet" onClick={onClose}>
          {close}
        </button>
        <button type="submit" className="button" disabled={busy}>
          {action}
        </button>
      </div>
    </form>
  )
}
