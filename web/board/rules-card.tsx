// The rules in sentences, their history, and for those who may the form to change them.
import { useRef, useState } from 'react'
import { useQuery } from 'urql'
import { DialogForm, FormField } from '../people/form-field.js'
import { useDeed } from '../people/use-deed.js'
import { SET_RULES } from './board-deeds.js'
import { RULE_HISTORY, type BoardFacts } from './board-query.js'
import { directionText, ruleSentences } from './board-text.js'
import { RulesFields, useRulesForm } from './rules-form.js'

export function RulesCard({ board, onChange }: { board: BoardFacts; onChange: () => void }) {
  const [open, setOpen] = useState(false)
  const [{ data }] = useQuery({ query: RULE_HISTORY, variables: { id: board.id }, pause: !open })
  return (
    <section className="card" aria-labelledby="rules-title">
      <div className="card-head">
        <h2 id="rules-title">Rules</h2>
        <span className="quiet">version {board.ruleVersion}</span>
        <span className="bar-space" />
        {board.mayManage && <ChangeRules key={board.ruleVersion} board={board} onChange={onChange} />}
      </div>
      <ul className="board-rules">
        {ruleSentences(board.rules, board.revealed).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <details className="board-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Former versions</summary>
        <ol className="lines" reversed>
          {data?.board.ruleHistory.map((one) => (
            <li key={one.version}>
              <span className="line-main">
                Version {one.version}: by {one.rules.metric.name}, {directionText(one.rules.metric.direction)}
                {one.why && ` · ${one.why}`}
              </span>
              <span className="quiet">
                {one.changedBy?.name} <time dateTime={one.changedAt}>{new Date(one.changedAt).toLocaleString()}</time>
              </span>
            </li>
          ))}
        </ol>
      </details>
    </section>
  )
}

function ChangeRules({ board, onChange }: { board: BoardFacts; onChange: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const form = useRulesForm(board.rules)
  const [why, setWhy] = useState('')
  const { busy, problem, fields, run } = useDeed(SET_RULES)
  return (
    <>
      <button type="button" className="button button-quiet button-small" onClick={() => dialog.current?.showModal()}>
        Change the rules
      </button>
      <dialog ref={dialog} className="dialog dialog-wide" aria-labelledby="change-rules">
        <h2 id="change-rules">Change the rules</h2>
        <p>
          All entries are ranked anew at once, and everybody who watches is told. Entries keep the version that let them
          in.
        </p>
        <DialogForm
          action="Change"
          close="Keep"
          busy={busy}
          problem={problem}
          onClose={() => dialog.current?.close()}
          onSubmit={async () => {
            const rules = form.read()
            if (!rules || !(await run({ id: board.id, rules, why }))) return
            dialog.current?.close()
            onChange()
          }}
        >
          <RulesFields form={form} refused={fields} isNew={false} teamName={board.team.name} />
          <FormField
            label="Why"
            value={why}
            onText={setWhy}
            problem={fields.why}
            maxLength={500}
            note="For those who stand on it."
            required
          />
        </DialogForm>
      </dialog>
    </>
  )
}
