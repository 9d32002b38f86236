// What the engine knows in plain numbers, for previews and checks. Loaded when first asked for: it brings tensors' code along.

type Facts = Pick<
  typeof import('@cellboard/engine'),
  'checkData' | 'countSupernet' | 'estimateMemory' | 'stageOneCandidates'
>

let loaded: Promise<Facts> | null = null

export const engineFacts = (): Promise<Facts> => (loaded ??= import('@cellboard/engine'))
