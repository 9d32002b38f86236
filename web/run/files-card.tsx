// What a run hands out: its files by what they are for, each with its size, to be saved.
import { fileGroups, sizeText, type FileOfRun } from './file-groups.js'

export function FilesCard({ files, empty }: { files: readonly FileOfRun[]; empty: string }) {
  return (
    <section className="card" aria-labelledby="files-title">
      <div className="card-head">
        <h2 id="files-title">Files to take away</h2>
        {files.length > 0 && (
          <span className="quiet number">{sizeText(files.reduce((sum, file) => sum + file.bytes, 0))} in all</span>
        )}
      </div>
      {files.length === 0 ? (
        <p className="note">{empty}</p>
      ) : (
        <div className="file-groups">
          {fileGroups(files).map(({ title, use, files: some }) => (
            <section key={title} aria-label={title}>
              <h3>{title}</h3>
              <p className="quiet">{use}</p>
              <ul>
                {some.map(({ name, bytes, url }) => (
                  <li key={name}>
                    <a href={url} download>
                      {name}
                    </a>
                    <span className="quiet number">{sizeText(bytes)}</span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </section>
  )
}
