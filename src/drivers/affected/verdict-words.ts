/** The verdicts about a machine as people read them. */
import type { components } from '../../contract/types.gen.ts';

type Verdict = components['schemas']['AffectedVerdict'];

/** By mark, word and sentence, so that no colour is needed. */
export const verdicts: Readonly<Record<Verdict, { mark: string; word: string; means: string }>> = {
  affected: { mark: '!', word: 'Affected', means: 'This machine is affected.' },
  probably_affected: {
    mark: '!?',
    word: 'Probably affected',
    means: 'This machine is probably affected.',
  },
  cannot_tell: {
    mark: '?',
    word: 'Cannot tell',
    means: 'It cannot be told yet: something is missing.',
  },
  not_listed: {
    mark: '–',
    word: 'Not listed',
    means: 'Nothing that is recorded concerns this machine. That is no promise that it is safe.',
  },
  not_affected: {
    mark: '✓',
    word: 'Not affected',
    means: 'This machine is not affected by anything that is recorded.',
  },
};
