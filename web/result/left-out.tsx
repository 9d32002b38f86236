// Files of the data that were left out of a training, and why: told, since a result is worth what it learned from.

export function LeftOut({ sentences }: { sentences: readonly string[] }) {
  return (
    <details className="card fold">
      <summary>Some files of the data were left out ({sentences.length})</summary>
      <ul className="reasons">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  )
}
