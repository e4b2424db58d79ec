/** The rules that keep a faulty release from the machines on which it does harm. */
import { Day } from '../../web/moments.tsx';
import type { Report } from '../projection.ts';
import { rangeInWords } from '../range-words.ts';

export function Holds({ report }: { report: Report }) {
  return (
    <ul class="findings">
      {report.holds.map((hold) => (
        <li>
          <p class="label">
            Hold {hold.hold}{' '}
            <span class={`state ${hold.state}`}>
              {hold.state === 'active' ? 'In force' : 'Released'}
            </span>
          </p>
          <p class="statement">{hold.title}</p>
          <p>
            {hold.product.name}: {rangeInWords(hold.versions)}
          </p>
          <p class="quiet">
            In force since <Day at={hold.activatedAt} />
            {hold.releasedAt === null ? (
              '.'
            ) : (
              <>
                , released on <Day at={hold.releasedAt} />.
              </>
            )}
          </p>
          {hold.state === 'active' && (
            <p class="quiet">When it will be released: {hold.releaseWhen}</p>
          )}
        </li>
      ))}
    </ul>
  );
}
