/** Whom it concerns: products, versions, conditions, the drivers beside them, and what is held back from whom. */
import type { Child } from 'hono/jsx';
import { links } from '../../web/links.ts';
import { Moment } from '../../web/moments.tsx';
import { conditionsInWords, introductionOf, type ProductNames } from '../condition-words.ts';
import { driverVersionsInWords, namesInWords } from '../driver-words.ts';
import type { Report } from '../projection.ts';
import { capitalized, rangeInWords } from '../range-words.ts';
import { inSeries } from '../series.ts';
import { Claims } from './sources.tsx';

type Affected = Report['affected'][number];

export function Concern({ report, names }: { report: Report; names: ProductNames }) {
  return (
    <>
      {report.affectedUnknown && <p>It is not known yet whom this concerns.</p>}
      {report.affected.map((affected, index) => (
        <AffectedProduct affected={affected} names={names}>
          <HeldBack report={report} product={affected.product.key} />
          <Claims report={report} about={`/affected/${index}`} />
        </AffectedProduct>
      ))}
      <Claims report={report} about="/affected" alone />
      <Claims report={report} about="/affectedUnknown" />
      <BesideDrivers report={report} />
      {report.status === 'published' && <Check report={report} />}
    </>
  );
}

function AffectedProduct(props: { affected: Affected; names: ProductNames; children: Child }) {
  const { affected, names, children } = props;
  const { product, versions, noVersionsBecause, conditions, fixedIn } = affected;
  return (
    <div class="affected">
      <h3>
        {product.name} <code class="key">{product.key}</code>
      </h3>
      <p>
        {versions === null
          ? (noVersionsBecause ?? 'It has no versions.')
          : `${capitalized(rangeInWords(versions))}.`}
      </p>
      {conditions && (
        <>
          <p>{introductionOf(conditions)}</p>
          <ul>
            {conditionsInWords<Child>(conditions, names, ({ from, until }) => (
              <>
                on machines that were online between <Moment at={from} precision="minute" /> and{' '}
                <Moment at={until} precision="minute" />
              </>
            )).map((condition) => (
              <li>{condition}</li>
            ))}
          </ul>
        </>
      )}
      {fixedIn.length > 0 && (
        <p>
          <span class="label">Fixed in</span> {inSeries(fixedIn, 'and')}
        </p>
      )}
      {children}
    </div>
  );
}

/** What is in force now; what was released stands with all the rest in the section of the holds. */
function HeldBack({ report, product }: { report: Report; product: string }) {
  const active = report.holds.filter((hold) => hold.state === 'active');
  return active
    .filter((hold) => hold.product.key === product)
    .map(({ hold, title, versions }) => (
      <p>
        <span class="label">Held back</span> {title} <a href="#holds">Hold {hold}</a>,{' '}
        {rangeInWords(versions)}.
      </p>
    ));
}

function BesideDrivers({ report: { drivers, unnamed } }: { report: Report }) {
  if (drivers.length + unnamed.length === 0) return null;
  return (
    <div class="affected">
      <h3>Beside which drivers</h3>
      {drivers.length > 0 && (
        <>
          <p>
            It happens where {drivers.length === 1 ? 'this driver' : 'one of these drivers'} is on
            the machine too:
          </p>
          <ul>
            {drivers.map((driver) => (
              <li>
                <b>{driver.name}</b> of {driver.vendor}, {driverVersionsInWords(driver)}.{' '}
                <Names driver={driver} />
              </li>
            ))}
          </ul>
        </>
      )}
      {unnamed.length > 0 && (
        <p>
          {drivers.length > 0 ? 'It also happens' : 'It happens'} beside drivers that are not named
          here.
          {unnamed.includes('on_match') &&
            ' Those that we may not name we confirm to whoever hands in the hashes of their files.'}
        </p>
      )}
    </div>
  );
}

function Names({ driver }: { driver: Report['drivers'][number] }) {
  const names = namesInWords(driver);
  if (names.length === 0) return <>No name tells it: it is recognised by what its files hold.</>;
  return <>Look for {inSeries(names, 'or')}.</>;
}

function Check({ report: { affected } }: { report: Report }) {
  const products = new Map(affected.map(({ product: { key, name } }) => [key, name]));
  return [...products].map(([product, name]) => (
    <p>
      <a class="button" href={links.affected({ product })}>
        Check your machine{products.size > 1 && ` with ${name}`}
      </a>
    </p>
  ));
}
