/** `report list` and `show`: what customers read, without a token. */
import type { Command } from 'commander';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import { describeReport } from '../output/report.ts';
import type { Session } from '../session.ts';
import { type Severity, severityOption } from './choices.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

interface ReportFilter extends ListOptions {
  product?: string;
  severity?: Severity;
  query?: string;
}

export function addReportCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'report', {
    does: 'what customers can read; needs no token',
    examples: ['holdfast report show HF-2024-0001'],
  });

  declareAsking(group, 'show <incident>', {
    does: 'show the public report of an incident',
    examples: ['holdfast report show HF-2024-0001'],
  }).action(
    asking(declaring, async (session, incident: string) =>
      session.show(
        await ask(session.client.GET('/v1/reports/{incident}', { params: { path: { incident } } })),
        (report) => session.print(describeReport(report)),
      ),
    ),
  );

  withListOptions(
    declareAsking(group, 'list', {
      does: 'list public reports, the last changed first',
      examples: ['holdfast report list --product sensor-content'],
    })
      .option('--product <key>', 'only those that concern this product')
      .addOption(severityOption())
      .option('--query <words>', 'words to look for in title, summary and key'),
  ).action(asking(declaring, listReports));
}

async function listReports(session: Session, options: ReportFilter) {
  const { product, severity, query: q, limit, cursor } = options;
  const call = session.client.GET('/v1/reports', {
    params: { query: { product, severity, q, limit, cursor } },
  });
  return showPage(session, await ask(call), {
    key: (report) => report.key,
    severity: (report) => report.severity,
    status: (report) => report.status,
    products: ({ products }) => products.map(({ key }) => key).join(', '),
    updated: (report) => report.updatedAt,
    title: (report) => report.title,
  });
}
