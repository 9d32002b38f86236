// One group of seeds: what they come to together, run by run, what they found, and random search beside them.
import '../without-eval.js'
import { useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { useMutation, useQuery } from 'urql'
import { ArchitectureLink } from '../architecture/architecture-link.js'
import { percentText } from '../charts/number-text.js'
import { BandCurves } from '../group/band-curves.js'
import { Baseline } from '../group/baseline.js'
import { FoundCells } from '../group/found-cells.js'
import '../group/group.css'
import { GROUP, groupFrom, START_BASELINE, type Group as GroupFacts } from '../group/group-query.js'
import { GroupRuns } from '../group/group-runs.js'
import { accuracyMeaning, resultOf } from '../group/run-result.js'
import { SeedDots, type DotRow } from '../group/seed-dots.js'
import { SubmitButton } from '../board/submit-button.js'
import { ShareButton } from '../people/share-button.js'
import { isAtLeast } from '../people/viewer.js'
import { Cells } from '../run/cells.js'
import { METHOD_TITLES } from '../run/method-titles.js'
import { useRunChanges } from '../run/run-changes.js'
import { NotShown } from './not-shown.js'
import '../run/run.css'
import { whyOf } from '../why.js'

const titleOf = ({ method }: GroupFacts) =>
  method ? METHOD_TITLES[method.toLowerCase() as keyof typeof METHOD_TITLES] : 'Training'

const dotsOf = (group: GroupFacts): DotRow => ({
  label: titleOf(group),
  dots: group.runs
    .filter((run) => run.state === 'FINISHED')
    .map((run) => ({ seed: run.seed, value: resultOf(run).accuracy })),
})

export function Group() {
  const { id = '' } = useParams()
  const [{ data, error, fetching }, ask] = useQuery({ query: GROUP, variables: { id } })
  const [started, start] = useMutation(START_BASELINE)
  const group = useMemo(() => (data ? groupFrom(data.group) : null), [data])
  const baseline = useMemo(() => (data?.group.randomBaseline ? groupFrom(data.group.randomBaseline) : null), [data])
  const members = [group, baseline].flatMap((one) => one?.runs.map((run) => run.id) ?? [])
  useRunChanges(
    (run) => !group || members.includes(run.id),
    () => ask({ requestPolicy: 'network-only' }),
  )

  const onStart = async (epochs: number | null) => {
    const { data } = await start({ group: id, epochs })
    if (data) ask({ requestPolicy: 'network-only' })
  }
  if (!group)
    return error ? (
      <NotShown what="group" why={whyOf(error)} />
    ) : (
      <p className="loading">{fetching ? 'Loading…' : ''}</p>
    )
  const [first] = group.runs
  const label = group.kind === 'SEARCH' ? 'Accuracy by seed' : 'Test accuracy by seed'
  const beside = data?.group.baselineOf
  return (
    <div className="page">
      <title>{`${group.name} · Cellboard`}</title>
      <header className="run-header">
        {group.project === null && <p className="read-only">Shared with you, for reading.</p>}
        <div className="run-title">
          <h1>{group.name}</h1>
          {isAtLeast(group.project?.role, 'MEMBER') && <SubmitButton subject={group.id} kind="GROUP" />}
          {isAtLeast(group.project?.role, 'MAINTAINER') && <ShareButton subject={group.id} noun="group" />}
        </div>
        <p className="quiet">
          {titleOf(group)} · {first?.space && `space ${first.space.title} · `}
          {first && `${first.dataset.title} · `}
          {group.runs.length} seeds
          {group.project && (
            <>
              {' · '}
              <Link to={`/teams/${group.project.team.slug}`}>{group.project.team.name}</Link> / {group.project.name}
            </>
          )}
          {beside && (
            <>
              {' · beside '}
              <Link to={`/groups/${encodeURIComponent(beside.id)}`}>{beside.name}</Link>
            </>
          )}
        </p>
      </header>
      <section className="card" aria-labelledby="seeds-title">
        <div className="card-head">
          <h2 id="seeds-title">{label}</h2>
          <span className="quiet">{accuracyMeaning(group.runs)}</span>
        </div>
        <SeedDots label={label} rows={[dotsOf(group), ...(baseline ? [dotsOf(baseline)] : [])]} text={percentText} />
        <GroupRuns group={group} />
      </section>
      {group.kind === 'SEARCH' ? (
        <>
          <BandCurves loss={group.loss} accuracy={group.accuracy} on="on training batches" />
          <FoundCells found={group.found} runs={group.runs} />
        </>
      ) : (
        <>
          <BandCurves loss={group.loss} accuracy={group.testAccuracy} on="on test images, epoch by epoch" />
          <Cells
            title="The cell"
            genotype={group.found[0]?.genotype ?? null}
            final
            when=""
            link={first && <ArchitectureLink run={first.id} />}
          />
        </>
      )}
      {group.kind === 'SEARCH' && group.method !== 'RANDOM' && isAtLeast(group.project?.role, 'MEMBER') && (
        <Baseline
          group={group}
          baseline={baseline}
          onStart={(epochs) => void onStart(epochs)}
          starting={started.fetching}
          refusal={started.error ? whyOf(started.error) : null}
        />
      )}
    </div>
  )
}
