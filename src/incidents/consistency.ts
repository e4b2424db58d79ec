/** What must hold within a record, whatever else exists: ids, references, times, figures. Pure. */
import type { ProblemFault } from '../contract/problems.ts';
import { compareInstants } from '../gate/index.ts';
import { standsIn } from './pointer.ts';
import type { Affected, ImpactMeasure, IncidentRecord } from './record.ts';
import { timeFault } from './timeline-time.ts';

/** Every fault, in the order of the record's fields, as pointers into it. */
export function consistencyFaults(record: IncidentRecord): ProblemFault[] {
  return [
    ...affectedFaults(record),
    ...record.impact.measures.flatMap(measureFaults),
    ...timelineFaults(record),
    ...repeated('/causes', 'id', record.causes),
    ...evidenceFaults(record),
    ...actionFaults(record),
    ...repeated('/checks', 'check', record.checks),
    ...repeated('/sources', 'id', record.sources),
    ...sourceFaults(record),
    ...claimFaults(record),
  ];
}

function affectedFaults({ affected, affectedUnknown }: IncidentRecord): ProblemFault[] {
  const faults = affected.flatMap((each, index) => [
    ...reasonFaults(each, `/affected/${index}`),
    ...windowFaults(each, `/affected/${index}/conditions/onlineBetween`),
  ]);
  if (!affectedUnknown || affected.length === 0) return faults;
  const detail =
    'Set it to false: the record says whom it concerns. Or empty the list of what it affects.';
  return [...faults, { pointer: '/affectedUnknown', detail }];
}

function reasonFaults({ versions, noVersionsBecause }: Affected, at: string): ProblemFault[] {
  const pointer = `${at}/noVersionsBecause`;
  if (versions === null && noVersionsBecause === null) {
    return [{ pointer, detail: 'Say why there are no versions, or give the affected versions.' }];
  }
  if (versions !== null && noVersionsBecause !== null) {
    return [{ pointer, detail: 'Take it out: the affected versions are given.' }];
  }
  return [];
}

function windowFaults({ conditions }: Affected, pointer: string): ProblemFault[] {
  const window = conditions?.onlineBetween;
  if (!window || compareInstants(window.from, window.until) < 0) return [];
  return [{ pointer, detail: 'Let the window end after it begins: from must lie before until.' }];
}

function measureFaults(measure: ImpactMeasure, index: number): ProblemFault[] {
  const { unit, min, max, of, basis } = measure;
  const at = `/impact/measures/${index}`;
  const faults: ProblemFault[] = [];
  if (min !== null && max !== null && min > max) {
    faults.push({ pointer: `${at}/min`, detail: 'Write the smaller figure as min.' });
  }
  if (basis === 'unknown' && (min !== null || max !== null)) {
    const detail = 'Say whether the figure was measured or estimated, or set min and max to null.';
    faults.push({ pointer: `${at}/basis`, detail });
  }
  if (unit === 'traffic_share' && Math.max(min ?? 0, max ?? 0) > 1) {
    faults.push({ pointer: at, detail: 'Write a share between 0 and 1: 0.25 for a quarter.' });
  }
  if (unit === 'money' && of === null) {
    faults.push({ pointer: `${at}/of`, detail: 'Name the currency, for example USD.' });
  }
  return faults;
}

function timelineFaults({ timeline }: IncidentRecord): ProblemFault[] {
  return timeline.flatMap((entry, index) => {
    const detail = timeFault(entry);
    return detail === null ? [] : [{ pointer: `/timeline/${index}/at`, detail }];
  });
}

function actionFaults({ actions, causes }: IncidentRecord): ProblemFault[] {
  const known = new Set(causes.map(({ id }) => id));
  const dangling = actions.flatMap((action, index) =>
    action.causes.flatMap((cause, place) =>
      known.has(cause)
        ? []
        : [
            {
              pointer: `/actions/${index}/causes/${place}`,
              detail: `This record has no cause '${cause}'. Add it to causes, or correct the id.`,
            },
          ],
    ),
  );
  return [...repeated('/actions', 'id', actions), ...dangling];
}

/** What was tried beside another product says nothing of those that the record affects. */
function evidenceFaults({ affected, drivers }: IncidentRecord): ProblemFault[] {
  const products = new Set(affected.map(({ product }) => product));
  return drivers.flatMap(({ foundUnaffected }, index) =>
    foundUnaffected.flatMap(({ beside }, place) => {
      if (beside === null || products.has(beside.product)) return [];
      const pointer = `/drivers/${index}/foundUnaffected/${place}/beside/product`;
      const detail = `This record does not affect '${beside.product}'. Name a product of its affected ones, or leave beside out.`;
      return [{ pointer, detail }];
    }),
  );
}

function sourceFaults({
  impact,
  timeline,
  drivers,
  claims,
  sources,
}: IncidentRecord): ProblemFault[] {
  const known = new Set(sources.map(({ id }) => id));
  const cited = [
    ...impact.measures.map(({ source }, index) => ({ source, at: `/impact/measures/${index}` })),
    ...timeline.map(({ source }, index) => ({ source, at: `/timeline/${index}` })),
    ...drivers.flatMap(({ foundUnaffected }, index) =>
      foundUnaffected.map(({ source }, place) => ({
        source,
        at: `/drivers/${index}/foundUnaffected/${place}`,
      })),
    ),
    ...claims.map(({ source }, index) => ({ source, at: `/claims/${index}` })),
  ];
  return cited.flatMap(({ source, at }) =>
    source === null || known.has(source)
      ? []
      : [
          {
            pointer: `${at}/source`,
            detail: `This record has no source '${source}'. Add it to sources, or correct the id.`,
          },
        ],
  );
}

function claimFaults(record: IncidentRecord): ProblemFault[] {
  return record.claims.flatMap(({ about }, index) =>
    standsIn(record, about)
      ? []
      : [
          {
            pointer: `/claims/${index}/about`,
            detail: `Nothing stands at ${about} in this record. Point at a fact, for example /impact/measures/0.`,
          },
        ],
  );
}

const onlyOnce = { id: 'Give each its own id.', check: 'Name each check once.' };

/** A fault for every item whose name an earlier one has already. */
function repeated<Field extends 'id' | 'check'>(
  list: string,
  field: Field,
  items: readonly { readonly [F in Field]: string }[],
): ProblemFault[] {
  const first = new Map<string, number>();
  return items.flatMap((item, index) => {
    const name = item[field];
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, index);
      return [];
    }
    const detail = `'${name}' is at ${list}/${before} already. ${onlyOnce[field]}`;
    return [{ pointer: `${list}/${index}/${field}`, detail }];
  });
}
