// A flag of a benchmark that takes names with commas between them.

/** @throws Error with the names that there are */
export const named = <Name extends string>(flag: string, text: string, known: readonly Name[]): Name[] =>
  text.split(',').map((name) => {
    const found = known.find((one) => one === name)
    if (!found) throw new Error(`Expected ${flag} of ${known.join(', ')}, but received ${name}.`)
    return found
  })
