// The flag `--seeds 1,2,3`, the same in every command that does its work once for each seed.
import { z } from 'zod'

export const seedsFlag = (description: string) =>
  z
    .string()
    .regex(/^\d+(,\d+)*$/, 'Expected whole numbers with commas between them, such as 1,2,3.')
    .optional()
    .describe(description)

/** What the flag says; the seed of the settings where it is absent. */
export const seedsOf = (text: string | undefined, seed: number): number[] => text?.split(',').map(Number) ?? [seed]
