// The confusion matrix as a heat map: what test images are, and what they are taken for; right answers in one hue, mistakes in another.
import { useElementSize } from '@mantine/hooks'
import { useCallback, useMemo } from 'react'
import { HeatMap, type HeatPlace } from '../charts/heat-map.js'
import { countText, percentText } from '../charts/number-text.js'

interface ConfusionMapProps {
  /** [truth][predicted], counts. */
  confusion: readonly (readonly number[])[]
  classNames: readonly string[]
  chosen: HeatPlace
  onChoose: (place: HeatPlace) => void
}

/** Blue and orange are told apart by every kind of sight; both stand light and dark. */
const HUES = { right: { ground: '#2f6fd0', ink: '#ffffff' }, wrong: { ground: '#e07b1a', ink: '#1a2030' } }
/** Where nothing is taken for it: the heat map's faintest, and a little less. */
const NOT_THERE = -0.1
/** More classes than this have no names beside the map: the readout tells them. */
const MOST_NAMED = 30
const TALLEST_ROW = 44

/** Share of a row's images; 0 where a class has none. */
const shareOf = (row: readonly number[], column: number): number => {
  const all = row.reduce((sum, count) => sum + count, 0)
  return all === 0 ? 0 : row[column]! / all
}

export function ConfusionMap({ confusion, classNames, chosen, onChoose }: ConfusionMapProps) {
  const { ref, width } = useElementSize()
  const classes = confusion.length
  const named = classes <= MOST_NAMED
  const longest = Math.max(...classNames.map((name) => name.length))
  const labelWidth = named ? Math.min(96, width * 0.24, 8 + longest * 7) : 0
  const rowHeight = Math.min(TALLEST_ROW, Math.max(2, (width - labelWidth - 8) / classes))
  const cell = useCallback(
    (row: number, column: number) => {
      const count = confusion[row]![column]!
      if (count === 0) return { colour: HUES.wrong.ground, strength: NOT_THERE }
      const { ground, ink } = row === column ? HUES.right : HUES.wrong
      // The root lets a mistake in a hundred be seen beside ninety-nine right answers.
      const strength = Math.sqrt(shareOf(confusion[row]!, column))
      return { colour: ground, strength, text: countText(count), ...(strength > 0.55 && { ink }) }
    },
    [confusion],
  )
  const labels = useMemo(() => classNames.map((name, i) => (named ? name : String(i))), [classNames, named])
  const told = placeText(confusion, classNames, chosen)
  return (
    <div ref={ref} className="confusion">
      {width > 0 && (
        <HeatMap
          label="Confusion matrix"
          chosenText={told}
          rowLabels={labels}
          columns={classes}
          filled={classes}
          cell={cell}
          chosen={chosen}
          onChoose={onChoose}
          rowHeight={rowHeight}
          labelWidth={labelWidth}
          keys="truth and answer"
          foot={
            <div className="confusion-foot" aria-hidden="true">
              {named && rowHeight >= 12 && (
                <div
                  className={`confusion-columns${longest > 3 ? ' confusion-columns-long' : ''}`}
                  style={{ gridTemplateColumns: `repeat(${classes}, minmax(0, 1fr))` }}
                >
                  {classNames.map((name, column) => (
                    <span key={name} className={column === chosen.column ? 'heat-label-chosen' : undefined}>
                      {name}
                    </span>
                  ))}
                </div>
              )}
              <span className="quiet">rows: what it is · columns: what it is taken for</span>
            </div>
          }
        />
      )}
      <p className="confusion-readout number">{told}</p>
    </div>
  )
}

/** What one cell says, in a sentence. */
export function placeText(
  confusion: ConfusionMapProps['confusion'],
  classNames: readonly string[],
  { row, column }: HeatPlace,
): string {
  const count = confusion[row]?.[column] ?? 0
  const all = (confusion[row] ?? []).reduce((sum, one) => sum + one, 0)
  const of = `${countText(count)} of ${countText(all)}${all > 0 ? `, ${percentText(count / all)}` : ''}`
  return row === column
    ? `${classNames[row]} told right: ${of}`
    : `${classNames[row]} taken for ${classNames[column]}: ${of}`
}
