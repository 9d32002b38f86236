// What the final networks of an architecture's cells cost, in the widths and depths that papers report.
import { RECIPES } from '@cellboard/schema/training-settings'
import { countText, shortCountText } from '../charts/number-text.js'
import { MOBILE, type ArchitectureFacts } from './architecture-query.js'

export function ArchitectureCost({ architecture }: { architecture: ArchitectureFacts }) {
  const { space, parameters, multiplyAdds, mobileParameters, mobileMultiplyAdds } = architecture
  const usual = RECIPES[space === 'nas-bench-201' ? 'nas-bench-201' : 'base']
  const rows = [
    { images: 'CIFAR-10', ...usual, parameters, multiplyAdds },
    ...(space === 'darts'
      ? [{ images: 'ImageNet', ...MOBILE, parameters: mobileParameters, multiplyAdds: mobileMultiplyAdds }]
      : []),
  ]
  return (
    <section className="card" aria-labelledby="cost-title">
      <div className="card-head">
        <h2 id="cost-title">What its network costs</h2>
        <span className="quiet">as papers report it</span>
      </div>
      <dl className="figures number">
        {rows.map((row) => (
          <div key={row.images}>
            <dt>
              {row.images}
              <span className="beneath">
                {row.cells} {space === 'nas-bench-201' ? 'cells a block' : 'cells'}, {row.channels} channels
              </span>
            </dt>
            <dd className="architecture-cost">
              <span title={countText(row.parameters)}>{shortCountText(row.parameters)} parameters</span>
              <span className="beneath" title={`${countText(row.multiplyAdds)} an image, forward`}>
                {shortCountText(row.multiplyAdds)} multiply-adds
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
