/** Whom it concerns: products, versions and conditions in words. */
import type { Child } from 'hono/jsx';
import type { components } from '../../contract/types.gen.ts';
import { Moment } from '../../web/moments.tsx';
import type { Report } from '../projection.ts';
import { capitalized, rangeInWords } from '../range-words.ts';
import { inSeries } from '../series.ts';
import { Claims } from './sources.tsx';

type Affected = Report['affected'][number];
type Conditions = components['schemas']['Conditions'];

/** Names of products by key. */
export type ProductNames = Readonly<Record<string, string>>;

export function Concern({ report, names }: { report: Report; names: ProductNames }) {
  return (
    <>
      {report.affectedUnknown && <p>It is not known yet whom this concerns.</p>}
      {report.affected.map((affected, index) => (
        <AffectedProduct affected={affected} names={names}>
          <Claims report={report} about={`/affected/${index}`} />
        </AffectedProduct>
      ))}
      <Claims report={report} about="/affected" alone />
      <Claims report={report} about="/affectedUnknown" />
    </>
  );
}

function AffectedProduct(props: { affected: Affected; names: ProductNames; children: Child }) {
  const { affected, names, children } = props;
  return (
    <div class="affected">
      <h3>{affected.product.name}</h3>
      <p>
        {affected.versions === null
          ? (affected.noVersionsBecause ?? 'It has no versions.')
          : `${capitalized(rangeInWords(affected.versions))}.`}
      </p>
      {affected.conditions && (
        <>
          <p>{introductionOf(affected.conditions)}</p>
          <ul>
            {conditionsInWords(affected.conditions, names).map((condition) => (
              <li>{condition}</li>
            ))}
          </ul>
        </>
      )}
      {affected.fixedIn.length > 0 && (
        <p>
          <span class="label">Fixed in</span> {inSeries(affected.fixedIn, 'and')}
        </p>
      )}
      {children}
    </div>
  );
}

function introductionOf(conditions: Conditions): string {
  return Object.keys(conditions).length === 1
    ? 'Only where this holds:'
    : 'Only where all of this holds:';
}

/** All of them must hold; within each, one of the things named is enough. */
function conditionsInWords(conditions: Conditions, names: ProductNames): Child[] {
  const { companions, platforms, osBuilds, architectures, locales, patches } = conditions;
  const { cpus, hypervisors, settings, onlineBetween, inWords } = conditions;
  const said: Child[] = [];
  if (companions) {
    const each = companions.map(
      ({ product, versions }) => `${names[product] ?? product}, ${rangeInWords(versions)}`,
    );
    said.push(`beside ${each.join('; or beside ')}`);
  }
  if (platforms) said.push(`on the platform ${inSeries(platforms, 'or')}`);
  if (osBuilds) said.push(`on builds of the operating system: ${rangeInWords(osBuilds)}`);
  if (architectures) said.push(`on the architecture ${inSeries(architectures, 'or')}`);
  if (locales) said.push(`with the language ${inSeries(locales, 'or')}`);
  if (patches) said.push(`with the patch ${inSeries(patches, 'or')} installed`);
  if (cpus) said.push(`on a processor of the family ${inSeries(cpus, 'or')}`);
  if (hypervisors) said.push(`under the hypervisor ${inSeries(hypervisors, 'or')}`);
  if (settings) {
    const each = settings.map(({ name, value }) => `${name} set to ${value}`);
    said.push(`with ${inSeries(each, 'or')}`);
  }
  if (onlineBetween) {
    said.push(
      <>
        on machines that were online between <Moment at={onlineBetween.from} precision="minute" />{' '}
        and <Moment at={onlineBetween.until} precision="minute" />
      </>,
    );
  }
  if (inWords) said.push(inWords);
  return said;
}
