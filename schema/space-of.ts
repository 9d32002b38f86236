// The space that settings speak of: a published one by name, or the one that somebody wrote.
import { readSpaceFile } from './space-file.js'
import { SPACES, type Space, type SpaceName } from './spaces.js'

export { SpaceFileError } from './space-file.js'

/** @throws {SpaceFileError} where `space` is custom and `spaceText` is not a whole space file; it says line and reason */
export const spaceOf = ({ space, spaceText }: { space: SpaceName; spaceText: string }): Space =>
  space === 'custom' ? readSpaceFile(spaceText) : SPACES[space]
