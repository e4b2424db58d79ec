/** The pages about the contract. They never change while the service runs, so each is made once. */
import { raw } from 'hono/html';
import type { PageAnswer, Pages } from '../page.ts';
import type { Site } from '../site.ts';
import { notFoundPage } from '../status-pages.tsx';
import { contractText } from './contract-text.ts';
import { DocsPage } from './docs-page.tsx';
import { isProblem, ProblemPage } from './problems.tsx';

export function docsPages(site: Site): Pick<Pages, 'docs' | 'problem'> {
  let docs: PageAnswer | null = null;
  return {
    async docs() {
      docs ??= {
        status: 200,
        body: raw(String(<DocsPage site={site} contract={contractText()} />)),
      };
      return docs;
    },

    async problem({ path: { problem = '' } }) {
      if (!isProblem(problem)) return notFoundPage(site, 'There is no such kind of problem.');
      return { status: 200, body: <ProblemPage site={site} slug={problem} /> };
    },
  };
}
