// What NAS-Bench-201 measured of an architecture: a row for each of its cells that the benchmark has trained.
import { countText, percentText } from '../charts/number-text.js'
import type { ArchitectureFacts } from './architecture-query.js'

const TITLES: Readonly<Record<string, string>> = {
  cifar10: 'CIFAR-10',
  cifar100: 'CIFAR-100',
  'imagenet16-120': 'ImageNet16-120',
}

export function Tabulated({ results }: { results: ArchitectureFacts['tabulated'] }) {
  const cells = [...new Set(results.map(({ cell }) => cell))]
  const datasets = [...new Set(results.map(({ dataset }) => dataset))]
  const [{ epochs, of } = { epochs: 0, of: 0 }] = results
  return (
    <section className="card" aria-labelledby="tabulated-title">
      <div className="card-head">
        <h2 id="tabulated-title">In NAS-Bench-201</h2>
        <span className="quiet number">
          test accuracy after {epochs} epochs, rank of {countText(of)}
        </span>
      </div>
      <div className="scroll-x" tabIndex={0} role="region" aria-label="Table of NAS-Bench-201's accuracies">
        <table className="table number">
          <thead>
            <tr>
              <th scope="col">Cell</th>
              {datasets.map((dataset) => (
                <th key={dataset} scope="col">
                  {TITLES[dataset] ?? dataset}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((cell) => (
              <tr key={cell}>
                <th scope="row" className="table-name">
                  <code>{cell}</code>
                </th>
                {datasets.map((dataset) => {
                  const found = results.find((one) => one.cell === cell && one.dataset === dataset)
                  return (
                    <td key={dataset}>
                      {found ? percentText(found.accuracy, 2) : '–'}
                      {found && <span className="quiet beneath">rank {countText(found.rank)}</span>}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {cells.length > 1 && (
        <p className="note">The benchmark trained these isomorphic cells apart: that they differ is chance.</p>
      )}
    </section>
  )
}
