// The parts of a search's page below its header: its way, how well it learns, which operators win, and the cell that comes of it.
import { isEnded } from '@cellboard/schema/run-state'
import { ArchitectureLink } from '../architecture/architecture-link.js'
import { Candidates } from './candidates.js'
import { Cells } from './cells.js'
import { Clusters } from './clusters.js'
import { CollapsePanel } from './collapse-panel.js'
import { Curves } from './curves.js'
import { DepthMatch } from './depth-match.js'
import type { FileOfRun } from './file-groups.js'
import { FilesCard } from './files-card.js'
import type { LiveRun } from './live-run.js'
import { publishedSearch } from './published-settings.js'
import type { SearchFacts } from './run-query.js'
import { SettingsTable } from './settings-table.js'
import { ShareMap } from './share-map.js'
import { StageTrack } from './stage-track.js'
import { TrainingsOfCell, type TrainingOfCell } from './trainings-of-cell.js'

interface SearchBodyProps {
  facts: SearchFacts
  live: LiveRun
  files: readonly FileOfRun[]
  trainings: readonly TrainingOfCell[]
}

export function SearchBody({ facts, live, files, trainings }: SearchBodyProps) {
  const { seen, points } = live
  const { settings, wiring } = facts
  const latest = seen.genotypes.at(-1)
  const random = settings.method === 'random'
  const found = seen.genotypeFinal && isEnded(seen.state)
  return (
    <>
      <StageTrack seen={seen} settings={settings} network={wiring.network} />
      <Curves seen={seen} points={points} of={random ? 'cells' : 'stages'} />
      <CollapsePanel seen={seen} />
      {random ? <Candidates seen={seen} samples={settings.samples} /> : <ShareMap seen={seen} wiring={wiring} />}
      <Cells
        title="The cell that was found"
        genotype={seen.genotype}
        final={seen.genotypeFinal}
        when={latest ? (random ? `the best of ${latest.epoch}` : `stage ${latest.stage}, epoch ${latest.epoch}`) : ''}
        link={<ArchitectureLink run={facts.id} />}
      />
      {(found || trainings.length > 0) && <TrainingsOfCell search={facts.id} trainings={trainings} />}
      {files.length > 0 && <FilesCard files={files} empty="" />}
      {settings.method === 'stacnas' && <Clusters clusterings={seen.clusterings} />}
      <DepthMatch
        depths={seen.depths}
        matched={settings.confusionStatistic}
        unit={wiring.network === 'nas-bench-201' ? 'cells a block' : 'cells'}
      />
      <SettingsTable settings={settings} published={publishedSearch(settings)} seen={seen} />
    </>
  )
}
