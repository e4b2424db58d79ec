/** The table of pages for people: where each one is, and who may see it. The server mounts the pages from it. */

/** `path` in hono's notation. `anyone` needs no token. A page that takes a form can be sent one. */
export const pageRoutes = {
  home: { path: '/', who: 'anyone' },
  reports: { path: '/reports', who: 'anyone' },
  report: { path: '/reports/:incident', who: 'anyone' },
  affected: { path: '/affected', who: 'anyone', takes: 'form' },
  docs: { path: '/docs', who: 'anyone' },
  problem: { path: '/problems/:problem', who: 'anyone' },
} as const satisfies Record<string, PageRoute>;

export interface PageRoute {
  path: `/${string}`;
  who: 'anyone';
  takes?: 'form';
}

export type PageName = keyof typeof pageRoutes;
