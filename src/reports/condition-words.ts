/** The conditions of an incident as a reader says them. Pure. */
import type { components } from '../contract/types.gen.ts';
import { rangeInWords } from './range-words.ts';
import { inSeries } from './series.ts';

type Conditions = components['schemas']['Conditions'];

/** Names of products by key. */
export type ProductNames = Readonly<Record<string, string>>;

/** Stands before what `conditionsInWords` says. */
export function introductionOf(conditions: Conditions): string {
  return Object.keys(conditions).length === 1
    ? 'Only where this holds:'
    : 'Only where all of this holds:';
}

/**
 * All of them must hold; within each, one of the things named is enough. `online` says when machines were online, as a
 * page or a terminal does.
 */
export function conditionsInWords<Words>(
  conditions: Conditions,
  names: ProductNames,
  online: (period: NonNullable<Conditions['onlineBetween']>) => Words,
): (string | Words)[] {
  const { companions, platforms, osBuilds, architectures, locales, patches } = conditions;
  const { cpus, hypervisors, settings, onlineBetween, inWords } = conditions;
  const said: (string | Words)[] = [];
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
  if (onlineBetween) said.push(online(onlineBetween));
  if (inWords) said.push(inWords);
  return said;
}
