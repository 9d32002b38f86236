// Makes one team of two: for owners of both.
import { useState } from 'react'
import { graphql } from '../graphql.js'
import { Confirm } from '../people/confirm.js'
import { ChoiceField } from '../people/form-field.js'
import { useDeed } from '../people/use-deed.js'
import { useViewer } from '../people/viewer.js'
import type { TeamFacts } from './team-query.js'

const MERGE = graphql(`
  mutation MergeTeams($from: ID!, $into: ID!) {
    mergeTeams(from: $from, into: $into) {
      slug
    }
  }
`)

/** The team that every server begins with stays. */
const FIRST_TEAM = 'team-1'

export function MergeTeam({ team, onMerged }: { team: TeamFacts; onMerged: (slug: string) => void }) {
  const viewer = useViewer()
  const others = (viewer?.memberships ?? []).filter(({ role, team: { id } }) => role === 'OWNER' && id !== team.id)
  const [into, setInto] = useState(others[0]?.team.id ?? '')
  const { problem, run } = useDeed(MERGE)
  if (team.id === FIRST_TEAM || others.length === 0) return null
  const chosen = others.find(({ team: { id } }) => id === into)?.team ?? others[0]!.team
  return (
    <section className="card" aria-labelledby="merge-title">
      <div className="card-head">
        <h2 id="merge-title">Merge into another team</h2>
      </div>
      <div className="plain-form">
        <ChoiceField
          label="Into"
          value={chosen.id}
          choices={others.map((one) => ({ value: one.team.id, text: one.team.name }))}
          note="Of the teams that you own."
          onChoice={setInto}
        />
        <div className="form-end">
          <Confirm
            action="Merge"
            title={`Merge ${team.name} into ${chosen.name}?`}
            onConfirm={() => run({ from: team.id, into: chosen.id })}
            onDone={() => onMerged(chosen.slug)}
            problem={problem}
          >
            People, projects, links and boards move over, entries too, and boards are ranked anew. {team.name} ends, and
            it cannot be undone.
          </Confirm>
        </div>
      </div>
    </section>
  )
}
