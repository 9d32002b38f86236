// A data set as a form knows it: whether its files are there, and where they would have to be.

export interface DatasetAtHand {
  readonly name: string
  readonly available: boolean
  readonly folder: string
}

export const usable = (datasets: readonly DatasetAtHand[], name: string): boolean =>
  datasets.find((dataset) => dataset.name === name)?.available ?? true

export function missingNote(datasets: readonly DatasetAtHand[], name: string): string | undefined {
  const missing = datasets.find((dataset) => dataset.name === name && !dataset.available)
  return missing && `Its files are not there: put them into ${missing.folder}`
}
