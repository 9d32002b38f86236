// Files of a run in groups, by what one does with them.

export interface FileOfRun {
  /** Path within the run's files, with / between its parts. */
  readonly name: string
  readonly bytes: number
  readonly url: string
}

interface Kind {
  readonly title: string
  readonly use: string
  readonly has: RegExp
}

const KINDS: readonly Kind[] = [
  { title: 'TensorFlow.js', use: 'for browsers and Node: tf.loadGraphModel', has: /^(model\.json|[^/]+\.bin)$/ },
  { title: 'SavedModel', use: 'for TensorFlow: tf.saved_model.load', has: /^saved-model\// },
  { title: 'ONNX', use: 'for onnxruntime and many others', has: /\.onnx$/ },
  { title: 'Genotype', use: 'DARTS’ notation, JSON, Python', has: /^genotype\./ },
  { title: 'Drawings', use: 'the cells, for screens and papers', has: /^cell-.*\.(svg|pdf)$/ },
  { title: 'Card', use: 'settings, data and its licence, accuracy', has: /^card\./ },
  { title: 'Others', use: '', has: /(?:)/ },
]

/** The first kind that fits takes a file; kinds without files are left out. */
export function fileGroups<File extends Pick<FileOfRun, 'name'>>(files: readonly File[]) {
  const kindOf = (file: File) => KINDS.find((kind) => kind.has.test(file.name))!
  return KINDS.map((kind) => ({ ...kind, files: files.filter((file) => kindOf(file) === kind) })).filter(
    (group) => group.files.length > 0,
  )
}

/** 812 B, 2.3 kB, 14 MB: decimal, in two digits at least. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  const size = bytes / 1000 ** power
  return `${power > 0 && size < 10 ? size.toFixed(1) : Math.round(size)} ${units[power]}`
}
