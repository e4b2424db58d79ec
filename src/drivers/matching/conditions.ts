/** Whether the conditions under which an incident harms hold on a machine, as far as the machine says. */
import { compareInstants } from '../../gate/index.ts';
import { compareArchitectures } from './architecture.ts';
import type { Conditions } from './catalogue.ts';
import { machineCommand } from './commands.ts';
import type { Missing } from './evaluation.ts';
import { compareHypervisors, saysNoHypervisor } from './hypervisor.ts';
import { compareLanguages } from './language-tag.ts';
import type { Machine, Period } from './machine.ts';
import { lacksNumbers, readOsBuild } from './os-build.ts';
import { comparePatches } from './patch-name.ts';
import { lowered } from './pattern.ts';
import { comparePlatforms } from './platform-name.ts';
import { compareProcessors } from './processor.ts';
import type { RecordedRange } from './range-place.ts';
import { inSeries, quoted } from './sentence.ts';
import { compareValues } from './setting-value.ts';
import {
  no,
  oneOf,
  releaseStanding,
  type Standing,
  spokenOf,
  unknown,
  versionStanding,
  yes,
} from './standing.ts';

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
  if (osBuilds) prepared.push(onBuild(osBuilds, read(osBuilds)));
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
      : spokenOf(`beside it, ${product}`, releaseStanding(range, version, unreadable));
  return ({ companions = [] }) => {
    const named = companions.filter((companion) => companion.product === product);
    return named.length === 0
      ? unknown(`it is not said which version of ${product} runs beside it`, absent)
      : agreed(
          named.map(({ version }) => standingOf(version)),
          `the version of ${product} beside it is said twice, and differently`,
          absent,
        );
  };
}

function onPlatform(platforms: readonly string[]): Condition {
  const list = inSeries(platforms, 'or');
  const detail = `Say which platform it runs on: it harms on ${list}.`;
  const missing: Missing = { field: 'platform', detail, command: null };
  return ({ platform }) => {
    if (platform === undefined) return unknown('its platform is not said', missing);
    const said = quoted(platform);
    const agrees = comparePlatforms(platform, platforms);
    if (agrees === null) return unknown(`its platform, ${said}, does not tell`, missing);
    return agrees ? yes(`it runs on ${said}`) : no(`it runs on ${said}, not on ${list}`);
  };
}

function onBuild(text: string, range: RecordedRange): Condition {
  return (machine) => {
    const { osBuild, platform } = machine;
    const detail = 'Add the build of the operating system, whole, as the system prints it.';
    const missing = asked(machine, 'osBuild', detail);
    if (osBuild === undefined) {
      return unknown('the build of its operating system is not said', missing);
    }
    const build = readOsBuild(osBuild);
    if (build === null)
      return unknown(`“${quoted(osBuild)}” is no whole build of a system`, missing);
    if (lacksNumbers(build, text, platform)) {
      return unknown(`its system's build, ${build}, lacks the numbers that decide`, missing);
    }
    return spokenOf("its system's build", versionStanding(range, build, missing));
  };
}

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

function inLanguage(locales: readonly string[]): Condition {
  const list = inSeries(locales, 'or');
  const detail = `Say which language it is set to, as a tag and as precisely as this: it harms with ${list}.`;
  return (machine) => {
    const { locale } = machine;
    const missing = asked(machine, 'locale', detail);
    if (locale === undefined) return unknown('its language is not said', missing);
    const said = quoted(locale);
    const agrees = compareLanguages(locale, locales);
    if (agrees === null) return unknown(`its language, ${said}, does not say enough`, missing);
    return agrees ? yes(`its language is ${said}`) : no(`its language is ${said}, not ${list}`);
  };
}

function withPatch(patches: readonly string[]): Condition {
  const list = inSeries(patches, 'or');
  const detail = `Add every patch that is installed, by its number: it harms with ${list}.`;
  return (machine) => {
    const missing = asked(machine, 'patches', detail);
    if (machine.patches === undefined) return unknown('its patches are not said', missing);
    const agreeing = (wanted: boolean | null) =>
      machine.patches?.find((patch) => comparePatches(patch, patches) === wanted);
    const installed = agreeing(true);
    if (installed !== undefined) return yes(`${quoted(installed)} is installed`);
    const unclear = agreeing(null);
    return unclear === undefined
      ? no(`${list} is not installed`)
      : unknown(`the patch “${quoted(unclear)}” is said without its number`, missing);
  };
}

function onProcessor(cpus: readonly string[]): Condition {
  const list = inSeries(cpus, 'or');
  const detail = `Say which processor it has, in full: it harms on ${list}.`;
  return (machine) => {
    const { cpu } = machine;
    const missing = asked(machine, 'cpu', detail);
    if (cpu === undefined) return unknown('its processor is not said', missing);
    const said = quoted(cpu);
    const agrees = compareProcessors(cpu, cpus);
    if (agrees === null) return unknown(`its processor, ${said}, may be ${list}`, missing);
    return agrees ? yes(`its processor is ${said}`) : no(`its processor is ${said}, not ${list}`);
  };
}

function underHypervisor(hypervisors: readonly string[]): Condition {
  const list = inSeries(hypervisors, 'or');
  const detail = `Say under which hypervisor it runs, or null for none: it harms under ${list}.`;
  return (machine) => {
    const { hypervisor } = machine;
    const missing = asked(machine, 'hypervisor', detail);
    if (hypervisor === undefined) return unknown('its hypervisor is not said', missing);
    if (hypervisor === null) return no(`it runs under no hypervisor, not under ${list}`);
    const said = quoted(hypervisor);
    if (saysNoHypervisor(hypervisor)) {
      return no(`it runs under no hypervisor (${said}), not under ${list}`);
    }
    const agrees = compareHypervisors(hypervisor, hypervisors);
    if (agrees === null) return unknown(`${said} may stand for ${list}`, missing);
    return agrees ? yes(`it runs under ${said}`) : no(`it runs under ${said}, not under ${list}`);
  };
}

function withSetting(name: string, value: string): Condition {
  const detail = `Add what ${name} is set to, or null where it is not set: it harms where it is ${value}.`;
  const missing: Missing = { field: 'settings', detail, command: null };
  const standingOf = (said: string | null) => {
    if (said === null) return no(`${name} is not set`);
    const agrees = compareValues(said, value);
    if (agrees === null) return unknown(`${name} is set to ${quoted(said)}`, missing);
    return agrees
      ? yes(`${name} is set to ${quoted(said)}`)
      : no(`${name} is set to ${quoted(said)}, not to ${value}`);
  };
  return ({ settings = [] }) => {
    const named = settings.filter((setting) => lowered(setting.name) === lowered(name));
    return named.length === 0
      ? unknown(`it is not said what ${name} is set to`, missing)
      : agreed(
          named.map((setting) => standingOf(setting.value)),
          `${name} is said twice, and differently`,
          missing,
        );
  };
}

/** What was said several times of one thing: where that comes to different answers, it says nothing. */
function agreed(standings: readonly Standing[], because: string, missing: Missing): Standing {
  const [first, ...others] = standings as [Standing, ...Standing[]];
  return others.every(({ holds }) => holds === first.holds) ? first : unknown(because, missing);
}

/** The window begins with its first instant and ends before its last. */
function onlineWithin({ from, until }: { from: string; until: string }): Condition {
  const endsFirst = (period: Period) =>
    period.until !== null && compareInstants(period.until, period.from) < 0;
  const meets = (period: Period) =>
    !endsFirst(period) &&
    compareInstants(period.from, until) < 0 &&
    (period.until === null || compareInstants(period.until, from) >= 0);
  const detail = `Add when it was online, or an empty list where it was not: it harms between ${from} and ${until}.`;
  const missing: Missing = { field: 'onlineBetween', detail, command: null };
  return ({ onlineBetween }) => {
    if (onlineBetween === undefined) {
      return unknown(`it is not said whether it was online between ${from} and ${until}`, missing);
    }
    if (onlineBetween.some(meets)) return yes(`it was online between ${from} and ${until}`);
    return onlineBetween.some(endsFirst)
      ? unknown('a period in which it was online ends before it begins', missing)
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
