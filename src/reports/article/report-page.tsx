/** The page of one report, in the order in which a worried reader needs it. */
import type { Child } from 'hono/jsx';
import { Layout } from '../../web/layout.tsx';
import { links } from '../../web/links.ts';
import { excerptOf, renderMarkdown } from '../../web/markdown.ts';
import { Day, Moment } from '../../web/moments.tsx';
import type { Site } from '../../web/site.ts';
import { occurrences, reaches, severities, stages } from '../../web/words.ts';
import type { ProductNames } from '../condition-words.ts';
import type { Report } from '../projection.ts';
import { SeverityMark } from '../severity-mark.tsx';
import { About, Corrections } from './about.tsx';
import { Concern } from './concern.tsx';
import { Drivers } from './drivers.tsx';
import { Story, Timeline } from './events.tsx';
import { Holds } from './holds.tsx';
import { Impact } from './impact.tsx';
import { Actions, Causes, Guards } from './lessons.tsx';
import { Pair } from './pair.tsx';
import { Section } from './section.tsx';
import { Claims, isDisputed, Sources } from './sources.tsx';

interface Part {
  id: string;
  title: string;
  body: Child;
}

/** `names` are those of every product that the report names, also in its conditions. */
export function ReportPage(props: { site: Site; report: Report; names: ProductNames }) {
  const { site, report, names } = props;
  const parts = partsOf(report, names);
  return (
    <Layout
      site={site}
      title={`${report.title} (${report.key})`}
      description={excerptOf(report.summary, 160) || `Report ${report.key}.`}
      address={links.report(report.key)}
      json={links.reportJson(report.key)}
      here="reports"
    >
      <article class="report">
        <Head report={report} />
        <div class="report-body">
          {report.withdrawal && (
            <Section id="withdrawn" title="This report was withdrawn" class="withdrawn">
              <p>{report.withdrawal.notice}</p>
              <p class="quiet">
                Withdrawn on <Day at={report.withdrawal.at} />. What it said stays below.
              </p>
            </Section>
          )}
          <WhatToDo report={report} />
          {parts.map(({ id, title, body }) => (
            <Section id={id} title={title}>
              {body}
            </Section>
          ))}
        </div>
        <nav class="contents" aria-label="On this page">
          <h2>On this page</h2>
          <ol>
            {parts.map(({ id, title }) => (
              <li>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ol>
        </nav>
      </article>
    </Layout>
  );
}

function partsOf(report: Report, names: ProductNames): Part[] {
  const when = (condition: boolean, part: Part) => (condition ? [part] : []);
  return [
    {
      id: 'concern',
      title: 'Whom this concerns',
      body: <Concern report={report} names={names} />,
    },
    ...when(report.holds.length > 0, {
      id: 'holds',
      title: 'Where it is held back',
      body: <Holds report={report} />,
    }),
    { id: 'story', title: 'What happened', body: <Story report={report} /> },
    ...when(report.timeline.length > 0 || isDisputed(report, '/timeline'), {
      id: 'timeline',
      title: 'Timeline',
      body: <Timeline report={report} />,
    }),
    { id: 'causes', title: 'Why it happened', body: <Causes report={report} /> },
    ...when(report.actions.length > 0 || isDisputed(report, '/actions'), {
      id: 'actions',
      title: 'What we do about it',
      body: <Actions report={report} />,
    }),
    {
      id: 'guards',
      title: 'What guards against a second time',
      body: <Guards report={report} />,
    },
    ...when(report.drivers.length > 0 || isDisputed(report, '/drivers'), {
      id: 'drivers',
      title: 'Drivers of other vendors',
      body: <Drivers report={report} />,
    }),
    { id: 'impact', title: 'The harm in figures', body: <Impact report={report} /> },
    ...when(report.corrections.length > 0, {
      id: 'corrections',
      title: 'Corrections',
      body: <Corrections report={report} />,
    }),
    ...when(report.sources.length > 0, {
      id: 'sources',
      title: 'Sources',
      body: <Sources report={report} />,
    }),
    { id: 'about', title: 'About this report', body: <About report={report} /> },
  ];
}

function Head({ report }: { report: Report }) {
  return (
    <header class="report-head">
      <p class="kicker">
        {report.status === 'withdrawn' && <strong class="stamp">Withdrawn</strong>}
        <span>{report.key}</span> <span>{occurrences[report.occurrence]}</span>{' '}
        <span>{stages[report.stage]}</span>
      </p>
      <h1>{report.title}</h1>
      <dl class="facts">
        <Pair term="Severity" wide>
          <SeverityMark severity={report.severity} />: {severities[report.severity].means}
        </Pair>
        <Pair term="Reach" wide>
          {reaches[report.reach]}
        </Pair>
        <Pair term="Published">
          <Day at={report.publishedAt} />
        </Pair>
        <Pair term="Last changed">
          <Day at={report.updatedAt} />
        </Pair>
      </dl>
      {['/title', '/occurrence', '/stage', '/severity', '/reach'].map((fact) => (
        <Claims report={report} about={fact} />
      ))}
    </header>
  );
}

function WhatToDo({ report }: { report: Report }) {
  const { whatToDo, nextUpdateAt } = report;
  if (whatToDo.trim() === '' && nextUpdateAt === null) return null;
  return (
    <Section id="what-to-do" title="What to do" class="what-to-do">
      <div class="prose">{renderMarkdown(whatToDo, 3)}</div>
      {nextUpdateAt && (
        <p>
          We will say more by <Moment at={nextUpdateAt} precision="minute" />.
        </p>
      )}
      <Claims report={report} about="/whatToDo" />
      <Claims report={report} about="/nextUpdateAt" />
    </Section>
  );
}
