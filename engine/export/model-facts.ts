// What a page or `cellboard predict` must know of a model's images and classes; it lies in model.json and model.onnx.
import { z } from 'zod'

export const modelFactsSchema = z.object({
  /** Of the data that the network learned from. */
  title: z.string(),
  /** Side of an image in pixels, and colour channels: 3 (RGB) or 1 (grey). */
  size: z.number().int().min(1),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** How much larger a picture is made before its middle is cut out, as where the test images were measured. */
  margin: z.number().min(1),
  classNames: z.array(z.string()).min(1),
})
export type ModelFacts = z.infer<typeof modelFactsSchema>
