/** The fields for what the incidents of a product ask of a machine beside its version and its drivers. */
import type { Child } from 'hono/jsx';
import { Moment } from '../../web/moments.tsx';
import { type FilledIn, fieldNames, longestAnswer, none } from './form.ts';
import type { Questions } from './questions.ts';

interface MachineQuestionsProps {
  /** Of our products, by key. */
  names: ReadonlyMap<string, string>;
  questions: Questions;
  filledIn: FilledIn;
}

export function MachineQuestions({ names, questions, filledIn }: MachineQuestionsProps) {
  const fields = fieldsOf(names, questions, filledIn);
  if (fields.length === 0) return null;
  return (
    <fieldset>
      <legend>What else matters</legend>
      <p class="quiet">Some incidents depend on it. Leave open what you do not know.</p>
      {fields}
    </fieldset>
  );
}

function fieldsOf(
  names: ReadonlyMap<string, string>,
  questions: Questions,
  filledIn: FilledIn,
): Child[] {
  const { companions, platforms, osBuild, architectures, locales } = questions;
  const { patches, cpus, hypervisors, settings, windows } = questions;
  return [
    ...companions.map((product) => (
      <TextField
        name={fieldNames.companion(product)}
        label={`Version of ${names.get(product) ?? product} beside it`}
        hint={`Write ${none} where it is not installed.`}
        filledIn={filledIn}
      />
    )),
    ...windows.map(({ from, until }, index) => (
      <YesOrNo name={fieldNames.window(index)} filledIn={filledIn}>
        Was it online between <Moment at={from} precision="minute" /> and{' '}
        <Moment at={until} precision="minute" />?
      </YesOrNo>
    )),
    ...fieldFor(platforms, 'platform', 'Platform', filledIn),
    ...(osBuild
      ? [
          <TextField
            name="osBuild"
            label="Build of the operating system"
            hint="As it prints it: 10.0.26100.1742."
            filledIn={filledIn}
          />,
        ]
      : []),
    ...fieldFor(architectures, 'architecture', 'Processor architecture', filledIn),
    ...fieldFor(locales, 'locale', 'Language of the system', filledIn),
    ...patches.map((patch) => (
      <YesOrNo name={fieldNames.patch(patch)} filledIn={filledIn}>
        Is {patch} installed?
      </YesOrNo>
    )),
    ...fieldFor(cpus, 'cpu', 'Processor', filledIn),
    ...fieldFor(hypervisors, 'hypervisor', 'Hypervisor', filledIn, `Write ${none} on bare metal. `),
    ...settings.map((name) => (
      <TextField
        name={fieldNames.setting(name)}
        label={`Setting ${name}`}
        hint={`Write ${none} where it is not set.`}
        filledIn={filledIn}
      />
    )),
  ];
}

/** Nothing where no incident asks for it. */
function fieldFor(
  known: readonly string[],
  name: string,
  label: string,
  filledIn: FilledIn,
  first = '',
): Child[] {
  if (known.length === 0) return [];
  const hint = `${first}Incidents speak of ${known.join(', ')}.`;
  return [<TextField name={name} label={label} hint={hint} filledIn={filledIn} />];
}

interface TextFieldProps {
  name: string;
  label: string;
  hint: string;
  filledIn: FilledIn;
}

function TextField({ name, label, hint, filledIn }: TextFieldProps) {
  const id = idOf(name);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        maxlength={longestAnswer}
        autocomplete="off"
        aria-describedby={`${id}-hint`}
        value={filledIn.get(name) ?? ''}
      />
      <p class="quiet" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}

const answers = [
  ['yes', 'Yes'],
  ['no', 'No'],
  ['', 'Not known'],
] as const;

function YesOrNo({
  name,
  filledIn,
  children,
}: {
  name: string;
  filledIn: FilledIn;
  children?: Child;
}) {
  const said = filledIn.get(name) ?? '';
  return (
    <fieldset class="choice">
      <legend>{children}</legend>
      {answers.map(([value, word]) => (
        <label>
          <input type="radio" name={name} value={value} checked={said === value} /> {word}
        </label>
      ))}
    </fieldset>
  );
}

function idOf(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '-');
}
