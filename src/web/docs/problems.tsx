/** The kinds of problems: all of them within the contract's page, and each at the address that problems carry as `type`. */
import { type ProblemSlug, problemKinds } from '../../contract/problems.ts';
import { Layout } from '../layout.tsx';
import { links } from '../links.ts';
import { renderMarkdown } from '../markdown.ts';
import type { Site } from '../site.ts';
import { problemExplanations } from './problem-explanations.ts';

export function isProblem(slug: string): slug is ProblemSlug {
  return Object.hasOwn(problemKinds, slug);
}

export function Problems() {
  return (
    <dl class="fields">
      {Object.keys(problemKinds)
        .filter(isProblem)
        .map((slug) => (
          <div>
            <dt>
              <code>{problemKinds[slug].status}</code>{' '}
              <a href={links.problem(slug)}>{problemKinds[slug].title}</a>{' '}
              <span class="type">{links.problem(slug)}</span>
            </dt>
            <dd>{renderMarkdown(problemExplanations[slug], 5)}</dd>
          </div>
        ))}
    </dl>
  );
}

export function ProblemPage({ site, slug }: { site: Site; slug: ProblemSlug }) {
  const { status, title } = problemKinds[slug];
  return (
    <Layout
      site={site}
      title={title}
      description={`What the problem ${slug} means, and what to do about it.`}
      address={links.problem(slug)}
      here="docs"
    >
      <div class="notice-page">
        <p class="kicker">
          <span>Problem</span> <span>Status {status}</span> <span>{links.problem(slug)}</span>
        </p>
        <h1>{title}</h1>
        <div class="lead">{renderMarkdown(problemExplanations[slug], 2)}</div>
        <p>
          <a href={links.docsProblems()}>All kinds of problems</a>
        </p>
      </div>
    </Layout>
  );
}
