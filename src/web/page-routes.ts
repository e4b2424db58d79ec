/** The table of pages for people: where each one is, and who may see it. The server mounts the pages from it. */

/** `path` in hono's notation. `anyone` needs no token. */
export const pageRoutes = {
  home: { path: '/', who: 'anyone' },
  reports: { path: '/reports', who: 'anyone' },
  report: { path: '/reports/:incident', who: 'anyone' },
  docs: { path: '/docs', who: 'anyone' },
  problem: { path: '/problems/:problem', who: 'anyone' },
} as const satisfies Record<string, { path: `/${string}`; who: 'anyone' }>;

export type PageName = keyof typeof pageRoutes;
