// What maintainers of a board do besides its rules: baselines, who sees it, its end.
import { useState } from 'react'
import { Confirm } from '../people/confirm.js'
import { ChoiceField, FormEnd, FormField } from '../people/form-field.js'
import { useDeed } from '../people/use-deed.js'
import { ADD_BASELINE, ADD_BASELINES, ARCHIVE, SET_BOARD } from './board-deeds.js'
import type { BoardFacts } from './board-query.js'
import { VISIBILITIES } from './board-text.js'

const SETS = [
  { value: 'PUBLISHED_CIFAR10', text: 'published searches on CIFAR-10', dataset: null },
  { value: 'PUBLISHED_IMAGENET', text: 'published searches on ImageNet', dataset: null },
  { value: 'NAS_BENCH_201 cifar10', text: 'NAS-Bench-201, CIFAR-10', dataset: 'cifar10' },
  { value: 'NAS_BENCH_201 cifar100', text: 'NAS-Bench-201, CIFAR-100', dataset: 'cifar100' },
  { value: 'NAS_BENCH_201 imagenet16-120', text: 'NAS-Bench-201, ImageNet16-120', dataset: 'imagenet16-120' },
] as const

export function ManageCard({ board, onChange }: { board: BoardFacts; onChange: () => void }) {
  const [set, setSet] = useState<string>(SETS[0].value)
  const sets = useDeed(ADD_BASELINES)
  const archive = useDeed(ARCHIVE)
  const seen = useDeed(SET_BOARD)
  const addSet = () => {
    const { value, dataset } = SETS.find((one) => one.value === set)!
    void sets
      .run({ board: board.id, set: value.split(' ')[0] as 'NAS_BENCH_201', dataset })
      .then((done) => done && onChange())
  }
  return (
    <section className="card stack" aria-labelledby="manage-title">
      <h2 id="manage-title">Look after it</h2>
      <form
        className="plain-form"
        onSubmit={(event) => {
          event.preventDefault()
          addSet()
        }}
      >
        <ChoiceField
          label="Load baselines"
          value={set}
          choices={SETS}
          onChoice={setSet}
          note="Each comes with its source and takes no place."
        />
        <FormEnd quiet disabled={sets.busy} problem={sets.problem}>
          Load
        </FormEnd>
      </form>
      <OneBaseline board={board} onChange={onChange} />
      <div className="plain-form">
        <ChoiceField
          label="Seen by"
          value={board.visibility}
          choices={VISIBILITIES}
          onChoice={(visibility) =>
            void seen.run({ id: board.id, visibility: visibility as 'TEAM' }).then((done) => done && onChange())
          }
        />
        <div className="form-end">
          {board.archivedAt ? (
            <button
              type="button"
              className="button button-quiet"
              onClick={() => void archive.run({ id: board.id, archived: false }).then((done) => done && onChange())}
            >
              Take it up again
            </button>
          ) : (
            <Confirm
              action="Archive"
              title="Archive this board?"
              onConfirm={() => archive.run({ id: board.id, archived: true })}
              onDone={onChange}
              problem={archive.problem}
            >
              It stays as it stands, and takes no entries any more.
            </Confirm>
          )}
          {(seen.problem ?? archive.problem) && (
            <span className="problem" role="alert">
              {seen.problem ?? archive.problem}
            </span>
          )}
        </div>
      </div>
    </section>
  )
}

function OneBaseline({ board, onChange }: { board: BoardFacts; onChange: () => void }) {
  const [title, setTitle] = useState('')
  const [source, setSource] = useState('')
  const [score, setScore] = useState('')
  const { busy, problem, fields, run } = useDeed(ADD_BASELINE)
  const { name } = board.rules.metric
  return (
    <form
      className="plain-form"
      onSubmit={(event) => {
        event.preventDefault()
        void run({ board: board.id, input: { title, source, figures: [{ name, mean: Number(score) }] } }).then(
          (done) => {
            if (!done) return
            setTitle('')
            setScore('')
            onChange()
          },
        )
      }}
    >
      <FormField
        label="A baseline of your own"
        value={title}
        onText={setTitle}
        problem={fields.name}
        maxLength={100}
        required
      />
      <FormField label={name} value={score} onText={setScore} type="number" step="any" required />
      <FormField
        label="Source"
        value={source}
        onText={setSource}
        problem={fields.source}
        maxLength={500}
        placeholder="paper and table, or address"
        required
      />
      <FormEnd quiet disabled={busy} problem={problem}>
        Add
      </FormEnd>
    </form>
  )
}
