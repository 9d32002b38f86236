// Finds pictures in folders by class: train/ and test/ (or val/, validation/) with a folder a class, or the classes alone.
import { realpath, readdir, stat } from 'node:fs/promises'
import type { Dirent } from 'node:fs'
import { extname, join } from 'node:path'
import { refuseEmptyClasses, wrongData, type FoundFiles, type FoundPictures } from './found-pictures.js'

/** Names under which pictures are looked for; what they hold is told by their bytes. */
const EXTENSIONS = /^\.(jpe?g|jpe|jfif|png|webp|gif|tiff?|avif)$/i
const TRAIN = ['train', 'training']
const TEST = ['test', 'val', 'valid', 'validation']

/**
 * Lists the pictures of a folder: classes by name in the order of their letters, as torchvision's ImageFolder has them; pictures of a class may lie
 * deeper. Nothing is opened. A file that is not named as a picture is left out and told; hidden files are passed over.
 * @throws EngineError BAD_DATA where there are no classes, where one has no picture, or where a test part knows a class that nothing trains
 */
export async function findInFolder(folder: string): Promise<FoundPictures<FoundFiles>> {
  const names = (await foldersIn(folder)).map(({ name }) => name)
  const named = (wanted: readonly string[]) => wanted.filter((name) => names.includes(name))
  const [trainName] = named(TRAIN)
  const [testName, ...otherTests] = named(TEST)
  const notes: string[] = []
  if (!trainName) {
    const classNames = names
    if (classNames.length === 0) throw noClasses(folder)
    const train = await picturesOf(folder, classNames, notes)
    return checked(folder, { classNames, train, test: null, notes })
  }
  const classNames = (await foldersIn(join(folder, trainName))).map(({ name }) => name)
  if (classNames.length === 0) throw noClasses(join(folder, trainName))
  for (const name of otherTests)
    notes.push(`${join(folder, name)}: left out, because ${testName} tests; what validates is drawn from ${trainName}.`)
  const train = await picturesOf(join(folder, trainName), classNames, notes)
  const test = testName ? await testPart(join(folder, testName), classNames, trainName, notes) : null
  return checked(folder, { classNames, train, test, notes })
}

async function testPart(place: string, classNames: readonly string[], trainName: string, notes: string[]) {
  const tested = (await foldersIn(place)).map(({ name }) => name)
  if (tested.length === 0) throw noClasses(place)
  const unknown = tested.find((name) => !classNames.includes(name))
  if (unknown !== undefined)
    throw wrongData(
      join(place, unknown),
      `Expected a class that ${trainName} has (${classNames.slice(0, 5).join(', ')}${classNames.length > 5 ? ' ...' : ''}), but received ${unknown}`,
      'Give both parts the same class folders.',
    )
  const test = await picturesOf(place, classNames, notes)
  if (test.files.length === 0)
    throw wrongData(
      place,
      'Expected pictures to test on, but there are none',
      'Put pictures there, or take the part away.',
    )
  return test
}

function checked(folder: string, found: FoundPictures<FoundFiles>): FoundPictures<FoundFiles> {
  refuseEmptyClasses(folder, found)
  return found
}

const noClasses = (folder: string) =>
  wrongData(
    folder,
    'Expected a folder for each class, with its pictures inside, but there are no folders',
    'Put the pictures of each class into a folder of its name, within train/ and test/ or side by side.',
  )

/** The pictures below each class folder that is there, class by class, in the order of their paths. */
async function picturesOf(place: string, classNames: readonly string[], notes: string[]): Promise<FoundFiles> {
  const files: string[] = []
  const labels: number[] = []
  const there = new Set((await foldersIn(place)).map(({ name }) => name))
  for (const [label, name] of classNames.entries()) {
    if (!there.has(name)) continue
    for await (const file of filesBelow(join(place, name), new Set())) {
      if (!EXTENSIONS.test(extname(file))) {
        notes.push(`${file}: left out, because it is not named as a picture (.jpg, .png, .webp, .gif, .tif, .avif).`)
        continue
      }
      files.push(file)
      labels.push(label)
    }
  }
  return { kind: 'files', files, labels: Int32Array.from(labels) }
}

/** Files at any depth, links followed, each folder once. */
async function* filesBelow(folder: string, seen: Set<string>): AsyncGenerator<string> {
  const real = await realpath(folder)
  if (seen.has(real)) return
  seen.add(real)
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name)
    if (await isFolder(folder, entry)) yield* filesBelow(path, seen)
    else yield path
  }
}

async function foldersIn(folder: string): Promise<Dirent[]> {
  const folders: Dirent[] = []
  for (const entry of await entriesOf(folder)) if (await isFolder(folder, entry)) folders.push(entry)
  return folders
}

async function isFolder(folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  return (await stat(join(folder, entry.name)).catch(() => null))?.isDirectory() ?? false
}

/** What a folder holds, in the order of the letters; hidden entries are nobody's pictures. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  let entries: Dirent[]
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    throw wrongData(
      folder,
      `Expected a folder to read, but the system says: ${(error as Error).message}`,
      'Check the path and the rights on it.',
    )
  }
  return entries
    .filter(({ name }) => !name.startsWith('.') && name !== '__MACOSX')
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
