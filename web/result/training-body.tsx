// The parts of a training's page below its header: what it came to, how it learned, what it mixes up, its cell and its files.
import { isEnded } from '@cellboard/schema/run-state'
import { ArchitectureLink } from '../architecture/architecture-link.js'
import { Cells } from '../run/cells.js'
import { Curves } from '../run/curves.js'
import type { FileOfRun } from '../run/file-groups.js'
import { FilesCard } from '../run/files-card.js'
import type { LiveRun } from '../run/live-run.js'
import { publishedTraining } from '../run/published-settings.js'
import type { TrainingFacts } from '../run/run-query.js'
import { SettingsTable } from '../run/settings-table.js'
import { LeftOut } from './left-out.js'
import { ResultCard } from './result-card.js'
import { TestReport } from './test-report.js'

interface TrainingBodyProps {
  facts: TrainingFacts
  live: LiveRun
  files: readonly FileOfRun[]
}

export function TrainingBody({ facts, live, files }: TrainingBodyProps) {
  const { seen, points } = live
  const usable = files.some((file) => file.name === 'model.json')
  return (
    <>
      <ResultCard seen={seen} usePath={usable ? `/runs/${encodeURIComponent(facts.id)}/use` : null} />
      {seen.network && seen.network.leftOut.length > 0 && <LeftOut sentences={seen.network.leftOut} />}
      <Curves seen={seen} points={points} of="training" />
      {seen.test && seen.network && <TestReport test={seen.test} classNames={seen.network.classNames} />}
      <Cells
        title="The cell"
        genotype={seen.genotype}
        final={seen.genotypeFinal}
        when=""
        link={<ArchitectureLink run={facts.id} />}
      />
      <FilesCard
        files={files}
        empty={
          isEnded(seen.state)
            ? 'It ended before there was a network to hand out.'
            : 'The trained network, its cell and a card are written at the end.'
        }
      />
      <SettingsTable
        settings={facts.settings}
        published={publishedTraining(facts.settings, seen.genotype?.space ?? 'darts')}
        seen={seen}
      />
    </>
  )
}
