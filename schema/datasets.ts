// The data sets by name: sizes, classes, how far augmentation may go, and the means that centre the pixels.
import { z } from 'zod'

export const DATASET_NAMES = ['digits', 'fashion-mnist', 'cifar10', 'cifar100'] as const
export const datasetNameSchema = z.enum(DATASET_NAMES)
export type DatasetName = z.infer<typeof datasetNameSchema>

export interface DatasetFacts {
  readonly title: string
  readonly classNames: readonly string[] | null
  readonly classes: number
  /** Side of an image in pixels, and colour channels. */
  readonly size: number
  readonly channels: number
  readonly train: number
  readonly test: number
  /** Pixels of zero padding before a random crop back to `size`. */
  readonly cropPadding: number
  /** Whether a mirrored image keeps its class: false for digits. */
  readonly flip: boolean
  /** Per colour channel, of pixels scaled to [0, 1] over the training images. */
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
  /** Where the images come from, and their licence. */
  readonly source: string
}

export const DATASETS: Readonly<Record<DatasetName, DatasetFacts>> = {
  digits: {
    title: 'Digits (8x8)',
    classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    classes: 10,
    size: 8,
    channels: 1,
    train: 3823,
    test: 1797,
    cropPadding: 1,
    flip: false,
    mean: [0.3078],
    deviation: [0.3771],
    source: 'UCI optdigits, E. Alpaydin and C. Kaynak 1998, CC BY 4.0; ships with the engine',
  },
  'fashion-mnist': {
    title: 'Fashion-MNIST',
    classNames: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
    classes: 10,
    size: 28,
    channels: 1,
    train: 60000,
    test: 10000,
    cropPadding: 4,
    flip: true,
    mean: [0.286],
    deviation: [0.353],
    source: 'Zalando SE 2017, MIT',
  },
  cifar10: {
    title: 'CIFAR-10',
    classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    classes: 10,
    size: 32,
    channels: 3,
    train: 50000,
    test: 10000,
    cropPadding: 4,
    flip: true,
    mean: [0.49139968, 0.48215827, 0.44653124],
    deviation: [0.24703233, 0.24348505, 0.26158768],
    source: 'A. Krizhevsky 2009',
  },
  cifar100: {
    title: 'CIFAR-100',
    classNames: null,
    classes: 100,
    size: 32,
    channels: 3,
    train: 50000,
    test: 10000,
    cropPadding: 4,
    flip: true,
    mean: [0.50707519, 0.48654887, 0.44091785],
    deviation: [0.26733428, 0.25643846, 0.27615049],
    source: 'A. Krizhevsky 2009, fine labels',
  },
}

/** Read from a folder of pictures by class; `train` and `test` are what the whole of it holds. */
export const IMAGENET_FACTS: DatasetFacts = {
  title: 'ImageNet',
  classNames: null,
  classes: 1000,
  size: 224,
  channels: 3,
  train: 1281167,
  test: 50000,
  cropPadding: 28,
  flip: true,
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
  source: 'ILSVRC 2012, O. Russakovsky et al. 2015; for research and teaching that is not commercial',
}
