/** Turns what Ajv found into faults that say where they are and what to do. */
import type { ErrorObject } from 'ajv/dist/2020.js';
import { detailOf } from './fault-details.ts';
import { type Referenced, unknownField } from './known-fields.ts';

export interface Fault {
  /** JSON pointer (RFC 6901) into the value; empty for the value itself. */
  pointer: string;
  /** A sentence without its subject: `must be one of: sev1, sev2.` */
  detail: string;
}

/** Every error of `value` against one branch of a union. */
export type BranchErrors = (branch: object, value: unknown) => readonly ErrorObject[];

/** Errors beyond these are not looked at: nobody reads so many faults, and each is held against all others. */
const errorsMax = 1000;

/** The errors need `verbose`. A union is answered for by the branch that was probably meant. */
export function faultsOf(
  errors: readonly ErrorObject[],
  branchErrors: BranchErrors,
  referenced: Referenced,
): Fault[] {
  const faults = new Map<string, Fault>();
  const first = errors.slice(0, errorsMax);
  for (const error of withoutEchoes(meant(first, branchErrors), referenced)) {
    const pointer = pointerOf(error, referenced);
    const fault = { pointer, detail: detailOf(error, referenced) };
    faults.set(`${fault.pointer} ${fault.detail}`, fault);
  }
  return [...faults.values()];
}

/** The same errors, where a union contributes only the errors of the branch that was meant. */
function meant(errors: readonly ErrorObject[], branchErrors: BranchErrors): ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword !== 'oneOf' && error.keyword !== 'anyOf') {
      kept.push(error);
      continue;
    }
    // Ajv reports the errors of every branch before the union's own.
    const others = kept.filter(
      ({ instancePath, parentSchema }) =>
        parentSchema === error.parentSchema || !isWithin(instancePath, error.instancePath),
    );
    kept.splice(0, kept.length, ...others, ...errorsOfUnion(error, branchErrors));
  }
  return kept;
}

function errorsOfUnion(union: ErrorObject, branchErrors: BranchErrors): ErrorObject[] {
  if (union.params.passingSchemas) return [union];
  const branches = (union.schema as object[]).map((branch) =>
    meant(branchErrors(branch, union.data), branchErrors),
  );
  const ofRightType = branches.filter((errors) => !errors.some(isWrongTypeOfWhole));
  if (ofRightType.length === 0) return [wrongType(union, branches)];

  const ofRightKind = ofRightType.filter((errors) => !errors.some(isWrongKind));
  const candidates = ofRightKind.length > 0 ? ofRightKind : ofRightType;
  const nearest = candidates.reduce((a, b) => (b.length < a.length ? b : a));
  if (ofRightKind.length === 0 && ofRightType.length > 1) return wrongKind(union, ofRightType);
  return nearest.map((error) => ({
    ...error,
    instancePath: union.instancePath + error.instancePath,
  }));
}

function isWrongTypeOfWhole(error: ErrorObject): boolean {
  return error.keyword === 'type' && error.instancePath === '';
}

/** The field by which branches differ, `{ kind: { const: 'url' } }`, names another branch. */
function isWrongKind(error: ErrorObject): boolean {
  return error.keyword === 'const' && /^[^/]*\/[^/]+$/.test(error.instancePath);
}

function wrongType(union: ErrorObject, branches: readonly ErrorObject[][]): ErrorObject {
  const types = branches.flatMap((errors) => errors.find(isWrongTypeOfWhole)?.params.type);
  return { ...union, keyword: 'type', params: { type: [...new Set(types)] } };
}

function wrongKind(union: ErrorObject, branches: readonly ErrorObject[][]): ErrorObject[] {
  const kinds = branches.flatMap((errors) => errors.find(isWrongKind) ?? []);
  const [first] = kinds;
  if (!first) return [union];
  const allowedValues = kinds
    .filter(({ instancePath }) => instancePath === first.instancePath)
    .map(({ params }) => params.allowedValue);
  return [
    {
      ...first,
      keyword: 'enum',
      params: { allowedValues },
      instancePath: union.instancePath + first.instancePath,
    },
  ];
}

/** Without what only repeats another error in Ajv's own terms. */
function withoutEchoes(errors: readonly ErrorObject[], referenced: Referenced): ErrorObject[] {
  return errors.filter((error) => {
    const has = (isCause: (other: ErrorObject) => boolean) =>
      errors.some((other) => other !== error && isCause(other));
    switch (error.keyword) {
      case 'if':
        return false;
      case 'pattern':
      case 'format':
        return !has((other) => isEmptiness(other) && other.instancePath === error.instancePath);
      case 'minLength':
        // The form tells more than the length of it.
        return (
          isEmptiness(error) ||
          !has(
            ({ keyword, instancePath }) =>
              keyword === 'pattern' && instancePath === error.instancePath,
          )
        );
      case 'propertyNames':
        return !has(({ propertyName }) => propertyName === error.params.propertyName);
      case 'unevaluatedProperties':
        // A part that failed leaves its fields unevaluated: they are known, only not yet right.
        return (
          unknownField(error, referenced) !== null ||
          !has(({ instancePath }) => isWithin(instancePath, error.instancePath))
        );
      default:
        return true;
    }
  });
}

function isEmptiness({ keyword, params, data }: ErrorObject): boolean {
  return keyword === 'minLength' && (params.limit === 1 || data === '');
}

function pointerOf(error: ErrorObject, referenced: Referenced): string {
  const field = error.params.missingProperty ?? unknownField(error, referenced);
  if (typeof field !== 'string') return error.instancePath;
  return `${error.instancePath}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}/`);
}
