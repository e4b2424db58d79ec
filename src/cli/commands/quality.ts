/** `quality`: how releases shipped, month by month. */
import type { Command } from 'commander';
import { ask } from '../answer.ts';
import { asking, type Declaring, declareAsking } from '../command.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

interface QualityOptions extends ListOptions {
  product?: string;
  ring?: string;
  since?: string;
}

export function addQualityCommand(program: Command, declaring: Declaring): void {
  withListOptions(
    declareAsking(program, 'quality', {
      does: 'how many releases shipped, on waivers or past the gate, by product and month',
      examples: ['holdfast quality --product sensor-content --since 2026-01'],
    })
      .option('--product <key>', 'only this product')
      .option('--ring <ring>', "the ring that they entered (else each product's last one)")
      .option('--since <month>', 'only this month and later ones, as in 2026-01'),
  ).action(
    asking(declaring, async (session, options: QualityOptions) => {
      const { product, ring, since, limit, cursor } = options;
      const call = session.client.GET('/v1/quality', {
        params: { query: { product, ring, since, limit, cursor } },
      });
      return showPage(session, await ask(call), {
        month: ({ month }) => month,
        product: ({ product }) => product,
        ring: ({ ring }) => ring,
        shipped: ({ shipped }) => String(shipped),
        'on waivers': ({ onWaivers }) => String(onWaivers),
        'past the gate': ({ pastGate }) => String(pastGate),
        afterwards: ({ afterwards }) => String(afterwards),
        share: ({ exceptionShare }) =>
          exceptionShare === null ? '' : `${Math.round(exceptionShare * 100)} %`,
      });
    }),
  );
}
