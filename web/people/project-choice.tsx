// Which project a new run goes to: shown where there is a choice, the last one remembered by this browser.
import { useState } from 'react'
import { isAtLeast, useViewer, type Viewer } from './viewer.js'

const KEY = 'cellboard-project'

const age = ({ id }: { readonly id: string }) => Number(id.split('-')[1])

/** Private ones first, then the oldest: the first is what the server takes where nobody chooses. */
const open = (viewer: Viewer | null) =>
  (viewer?.projects ?? [])
    .filter(({ role }) => isAtLeast(role, 'MEMBER'))
    .sort((a, b) => Number(a.visibility === 'PUBLIC') - Number(b.visibility === 'PUBLIC') || age(a) - age(b))

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null // storage is shut to this page
  }
}

/** Global id of the chosen project; null leaves it to the server, which takes the viewer's own. */
export function useProjectChoice() {
  const projects = open(useViewer())
  const [chosen, setChosen] = useState(remembered)
  const project = projects.some(({ id }) => id === chosen) ? chosen : null
  const choose = (id: string) => {
    setChosen(id)
    try {
      localStorage.setItem(KEY, id)
    } catch {
      // It is asked again the next time.
    }
  }
  return { project, choose }
}

export function ProjectChoice({ project, choose }: ReturnType<typeof useProjectChoice>) {
  const projects = open(useViewer())
  if (projects.length < 2) return null
  return (
    <label className="project-choice">
      <span className="quiet">in</span>
      <select aria-label="Project" value={project ?? projects[0]!.id} onChange={(event) => choose(event.target.value)}>
        {projects.map(({ id, name, team }) => (
          <option key={id} value={id}>
            {team.name} / {name}
          </option>
        ))}
      </select>
    </label>
  )
}
