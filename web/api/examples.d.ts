export interface Example {
  readonly query: string
  readonly variables?: string
}
export declare const EXAMPLES: readonly Example[]
