// Makes a board of a team.
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { CREATE_BOARD } from '../board/board-deeds.js'
import { VISIBILITIES } from '../board/board-text.js'
import { RulesFields, useRulesForm } from '../board/rules-form.js'
import { readNames } from '../board/rules-text.js'
import { ChoiceField, FormEnd, FormField } from '../people/form-field.js'
import { useDeed } from '../people/use-deed.js'
import { isAtLeast, useViewer } from '../people/viewer.js'
import '../people/people.css'
import '../settings/settings.css'
import '../board/board.css'

export function NewBoard() {
  const viewer = useViewer()!
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const teams = viewer.memberships.filter(({ role }) => isAtLeast(role, 'MAINTAINER')).map(({ team }) => team)
  const [team, setTeam] = useState(params.get('team') ?? teams[0]?.id ?? '')
  const [name, setName] = useState('')
  const [notes, setNotes] = useState('')
  const [visibility, setVisibility] = useState<string>('TEAM')
  const [opened, setOpened] = useState('')
  const form = useRulesForm(null)
  const { busy, problem, fields, run } = useDeed(CREATE_BOARD)
  const chosen = teams.find(({ id }) => id === team) ?? teams[0]
  const create = () => {
    const rules = form.read()
    if (!rules || !chosen) return
    const input = { name, notes, visibility: visibility as 'TEAM', teams: readNames(opened), rules }
    void run({ team: chosen.id, input }).then(
      (made) => made && navigate(`/boards/${encodeURIComponent(made.createBoard.id)}`),
    )
  }
  if (!chosen) return <p className="note">Boards are made by maintainers and owners of a team: ask one of yours.</p>
  return (
    <div className="page">
      <title>New board · Cellboard</title>
      <h1>New board</h1>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault()
          create()
        }}
      >
        <fieldset className="board-fields">
          <legend>The board</legend>
          <FormField label="Name" value={name} onText={setName} problem={fields.name} maxLength={100} required />
          <ChoiceField
            label="Of the team"
            value={chosen.id}
            choices={teams.map((one) => ({ value: one.id, text: one.name }))}
            onChoice={setTeam}
          />
          <ChoiceField label="Seen by" value={visibility} choices={VISIBILITIES} onChoice={setVisibility} />
          {visibility !== 'TEAM' && (
            <FormField
              label="Opened to"
              value={opened}
              onText={setOpened}
              problem={fields.teams}
              note="Addresses of teams that may enter, separated by commas."
            />
          )}
          <FormField label="About" value={notes} onText={setNotes} problem={fields.notes} maxLength={20_000} />
        </fieldset>
        <RulesFields form={form} refused={fields} isNew teamName={chosen.name} />
        <FormEnd disabled={busy} problem={problem}>
          Make the board
        </FormEnd>
      </form>
    </div>
  )
}
