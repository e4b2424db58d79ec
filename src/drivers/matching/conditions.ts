/** Whether the conditions under which an incident harms hold on a machine, as far as the machine says. */
import { compareInstants } from '../../gate/index.ts';
import { compareArchitectures } from './architecture.ts';
import type { Conditions } from './catalogue.ts';
import { machineCommand } from './commands.ts';
import type { Missing } from './evaluation.ts';
import type { Machine, Period } from './machine.ts';
import { lowered } from './pattern.ts';
import { isPartOf, wordsOf } from './printed-name.ts';
import type { RecordedRange } from './range-place.ts';
import { inSeries, quoted } from './sentence.ts';
import { no, oneOf, type Standing, spokenOf, unknown, versionStanding, yes } from './standing.ts';

/** One condition, ready to be asked of any number of machines. */
export type Condition = (machine: Machine) => Standing;

/** In the order of the contract; all must hold. Reads each range once, with `read`. */
export function prepareConditions(
  conditions: Conditions,
  read: (range: string) => RecordedRange,
): readonly Condition[] {
  const { companions, platforms, osBuilds, architectures, locales, patches } = conditions;
  const { cpus, hypervisors, settings, onlineBetween, inWords } = conditions;
  const prepared: Condition[] = [];
  if (companions) {
    prepared.push(
      anyOf(companions.map(({ product, versions }) => beside(product, read(versions)))),
    );
  }
  if (platforms) prepared.push(onPlatform(platforms));
  if (osBuilds) prepared.push(onBuild(read(osBuilds)));
  if (architectures) prepared.push(onArchitecture(architectures));
  if (locales) prepared.push(inLanguage(locales));
  if (patches) prepared.push(withPatch(patches));
  if (cpus) prepared.push(onProcessor(cpus));
  if (hypervisors) prepared.push(underHypervisor(hypervisors));
  if (settings) prepared.push(anyOf(settings.map(({ name, value }) => withSetting(name, value))));
  if (onlineBetween) prepared.push(onlineWithin(onlineBetween));
  if (inWords) prepared.push(saidInWords(inWords));
  return prepared;
}

function anyOf(conditions: readonly Condition[]): Condition {
  return (machine) => oneOf(conditions.map((condition) => condition(machine)));
}

function beside(product: string, range: RecordedRange): Condition {
  const absent: Missing = {
    field: 'companions',
    detail: `Add to companions which version of ${product} runs beside it, or null where none does.`,
    command: null,
  };
  const unreadable = { ...absent, detail: `Write the version of ${product} as it is released.` };
  const standingOf = (version: string | null) =>
    version === null
      ? no(`${product} does not run beside it`)
      : spokenOf(`beside it, ${product}`, versionStanding(range, version, unreadable));
  return ({ companions = [] }) => {
    const named = companions.filter((companion) => companion.product === product);
    return named.length === 0
      ? unknown(`it is not said which version of ${product} runs beside it`, absent)
      : oneOf(named.map(({ version }) => standingOf(version)));
  };
}

function onPlatform(platforms: readonly string[]): Condition {
  const wanted = new Set(platforms.map(lowered));
  const list = inSeries(platforms, 'or');
  return ({ platform }) => {
    if (platform === undefined) {
      const detail = `Say which platform it runs on: it harms on ${list}.`;
      return unknown('its platform is not said', { field: 'platform', detail, command: null });
    }
    return wanted.has(lowered(platform))
      ? yes(`it runs on ${platform}`)
      : no(`it runs on ${quoted(platform)}, not on ${list}`);
  };
}

function onBuild(range: RecordedRange): Condition {
  return (machine) => {
    const { osBuild } = machine;
    const detail = 'Add the build of the operating system, whole, as the system prints it.';
    const missing = asked(machine, 'osBuild', detail);
    if (osBuild === undefined) {
      return unknown('the build of its operating system is not said', missing);
    }
    return isWholeBuild.test(osBuild.trim())
      ? spokenOf("its system's build", versionStanding(range, osBuild.trim(), missing))
      : unknown(`“${quoted(osBuild)}” is no whole build of a system`, missing);
  };
}

/** Neither `24H2` nor `26100.1742`, which lacks what it begins with. */
const isWholeBuild = /^\d{1,4}\.\d/;

function onArchitecture(architectures: readonly string[]): Condition {
  const list = inSeries(architectures, 'or');
  const detail = `Say which architecture it has, for example x64 or arm64: it harms on ${list}.`;
  return (machine) => {
    const { architecture } = machine;
    const missing = asked(machine, 'architecture', detail);
    if (architecture === undefined) return unknown('its architecture is not said', missing);
    const said = quoted(architecture);
    const agrees = compareArchitectures(architecture, architectures);
    if (agrees === null) return unknown(`${said} may stand for several architectures`, missing);
    return agrees
      ? yes(`its architecture is ${said}`)
      : no(`its architecture is ${said}, not ${list}`);
  };
}

/** A tag means every tag that begins with it: `de` is met by `de-AT` (RFC 4647 §3.3.1), `de-AT` is not told by `de`. */
function inLanguage(locales: readonly string[]): Condition {
  const list = inSeries(locales, 'or');
  const tagOf = (text: string) => `${lowered(text).replaceAll('_', '-')}-`;
  const wanted = locales.map(tagOf);
  const detail = `Say which language it is set to, as precisely as this: it harms with ${list}.`;
  return (machine) => {
    const { locale } = machine;
    const missing = asked(machine, 'locale', detail);
    if (locale === undefined) return unknown('its language is not said', missing);
    const [tag, said] = [tagOf(locale), quoted(locale)];
    if (wanted.some((each) => tag.startsWith(each))) return yes(`its language is ${said}`);
    return wanted.some((each) => each.startsWith(tag))
      ? unknown(`its language, ${said}, does not say enough`, missing)
      : no(`its language is ${said}, not ${list}`);
  };
}

function withPatch(patches: readonly string[]): Condition {
  const list = inSeries(patches, 'or');
  const wanted = new Set(patches.map(lowered));
  const detail = `Add every patch that is installed: it harms with ${list}.`;
  return (machine) => {
    if (machine.patches === undefined) {
      return unknown('its patches are not said', asked(machine, 'patches', detail));
    }
    const installed = machine.patches.find((patch) => wanted.has(lowered(patch)));
    return installed === undefined
      ? no(`${list} is not installed`)
      : yes(`${installed} is installed`);
  };
}

function onProcessor(cpus: readonly string[]): Condition {
  const list = inSeries(cpus, 'or');
  const wanted = cpus.map(wordsOf);
  const detail = `Say which processor it has: it harms on ${list}.`;
  return (machine) => {
    const { cpu } = machine;
    if (cpu === undefined) {
      return unknown('its processor is not said', asked(machine, 'cpu', detail));
    }
    return wanted.some((words) => isPartOf(words, cpu))
      ? yes(`its processor is ${quoted(cpu)}`)
      : no(`its processor is ${quoted(cpu)}, not ${list}`);
  };
}

function underHypervisor(hypervisors: readonly string[]): Condition {
  const list = inSeries(hypervisors, 'or');
  const wanted = hypervisors.map(wordsOf);
  const detail = `Say under which hypervisor it runs, or null for none: it harms under ${list}.`;
  return (machine) => {
    const { hypervisor } = machine;
    if (hypervisor === undefined) {
      return unknown('its hypervisor is not said', asked(machine, 'hypervisor', detail));
    }
    if (hypervisor === null) return no(`it runs under no hypervisor, not under ${list}`);
    return wanted.some((words) => isPartOf(words, hypervisor))
      ? yes(`it runs under ${quoted(hypervisor)}`)
      : no(`it runs under ${quoted(hypervisor)}, not under ${list}`);
  };
}

function withSetting(name: string, value: string): Condition {
  const detail = `Add what ${name} is set to, or null where it is not set: it harms where it is ${value}.`;
  return ({ settings }) => {
    const said = settings?.find((setting) => lowered(setting.name) === lowered(name));
    if (said === undefined) {
      const missing: Missing = { field: 'settings', detail, command: null };
      return unknown(`it is not said what ${name} is set to`, missing);
    }
    if (said.value === null) return no(`${name} is not set`);
    return lowered(said.value) === lowered(value)
      ? yes(`${name} is set to ${value}`)
      : no(`${name} is set to ${quoted(said.value)}, not to ${value}`);
  };
}

/** The window begins with its first instant and ends before its last. */
function onlineWithin({ from, until }: { from: string; until: string }): Condition {
  const meets = (period: Period) =>
    compareInstants(period.from, until) < 0 &&
    (period.until === null || compareInstants(period.until, from) >= 0);
  const detail = `Add when it was online, or an empty list where it was not: it harms between ${from} and ${until}.`;
  return ({ onlineBetween }) => {
    if (onlineBetween === undefined) {
      const missing: Missing = { field: 'onlineBetween', detail, command: null };
      return unknown(`it is not said whether it was online between ${from} and ${until}`, missing);
    }
    return onlineBetween.some(meets)
      ? yes(`it was online between ${from} and ${until}`)
      : no(`it was not online between ${from} and ${until}`);
  };
}

/** What is recorded in words only a person can compare. */
function saidInWords(words: string): Condition {
  const missing: Missing = {
    field: null,
    detail: `Compare this yourself: ${words}`,
    command: null,
  };
  return () => unknown('one condition is recorded in words alone', missing);
}

function asked({ platform }: Machine, field: keyof Machine, detail: string): Missing {
  return { field, detail, command: machineCommand(field, platform) };
}
