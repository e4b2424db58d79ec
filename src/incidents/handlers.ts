/** Incidents over HTTP. */
import { badCursor, readCursor } from '../contract/cursor.ts';
import type { Handlers } from '../contract/handlers.ts';
import { pageOf } from '../contract/page.ts';
import { productsOf } from '../contract/product-scope.ts';
import type { Service } from '../db/service.ts';
import { incidentNotFound } from './change-incident.ts';
import { createIncident } from './create-incident.ts';
import { listActions, listIncidents, listRevisions } from './lists.ts';
import type { PublicPartsOf } from './publication.ts';
import { mayRead } from './scope.ts';
import { incidentAnswer, showAction, showRevision, showSummary } from './show.ts';
import { findIncident } from './store.ts';
import { transitionIncident } from './transition-incident.ts';
import { updateIncident } from './update-incident.ts';

type IncidentHandlers = Pick<
  Handlers,
  | 'createIncident'
  | 'getIncident'
  | 'updateIncident'
  | 'listIncidents'
  | 'transitionIncident'
  | 'listIncidentRevisions'
  | 'listActions'
>;

/** `publicParts` tells which changes customers would see. */
export function incidentHandlers(
  { db, write, recordPrefix }: Service,
  { publicParts }: { publicParts: PublicPartsOf },
): IncidentHandlers {
  return {
    async createIncident(request) {
      return write(request, 'createIncident', (change) =>
        createIncident(change, request, recordPrefix),
      );
    },

    async getIncident({ path, caller }) {
      const incident = await findIncident(db, path.incident);
      return incident && mayRead(caller, incident.record)
        ? incidentAnswer(incident)
        : incidentNotFound(path.incident);
    },

    async updateIncident(request) {
      return write(request, 'updateIncident', (change) =>
        updateIncident(change, request, publicParts),
      );
    },

    async transitionIncident(request) {
      return write(request, 'transitionIncident', (change) =>
        transitionIncident(change, request, publicParts),
      );
    },

    async listIncidents({ query, caller }) {
      const start = readCursor(query.cursor, ['instant', 'integer']);
      if (start.kind === 'bad') return badCursor();
      const rows = await listIncidents(
        db,
        {
          status: query.status ?? null,
          severity: query.severity ?? null,
          product: query.product ?? null,
          check: query.check ?? null,
          words: query.q?.split(/\s+/).filter((word) => word !== '') ?? [],
        },
        { after: start.kind === 'after' ? changeAt(start.position) : null, limit: query.limit + 1 },
        productsOf(caller),
      );
      const position = (row: { updatedAt: string; id: number }) => [row.updatedAt, row.id];
      return { status: 200, body: pageOf(rows, query.limit, showSummary, position) };
    },

    async listIncidentRevisions({ path, query, caller }) {
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const incident = await findIncident(db, path.incident);
      if (!incident || !mayRead(caller, incident.record)) return incidentNotFound(path.incident);
      // One more than the page, which the last one on it is compared with.
      const rows = await listRevisions(db, incident, {
        after: start.kind === 'after' ? start.position[0] : null,
        limit: query.limit + 1,
      });
      const pairs = rows.map((row, index) => ({ row, before: rows[index + 1] ?? null }));
      return {
        status: 200,
        body: pageOf(
          pairs,
          query.limit,
          ({ row, before }) => showRevision(row, before),
          ({ row }) => [row.revision],
        ),
      };
    },

    async listActions({ query, caller }) {
      const start = readCursor(query.cursor, ['integer', 'integer']);
      if (start.kind === 'bad') return badCursor();
      const rows = await listActions(
        db,
        { status: query.status ?? null, kind: query.kind ?? null, owner: query.owner ?? null },
        { after: start.kind === 'after' ? actionAt(start.position) : null, limit: query.limit + 1 },
        productsOf(caller),
      );
      const position = (row: { incidentId: number; place: number }) => [row.incidentId, row.place];
      return { status: 200, body: pageOf(rows, query.limit, showAction, position) };
    },
  };
}

function changeAt([updatedAt, id]: [string, number]) {
  return { updatedAt, id };
}

function actionAt([incidentId, place]: [number, number]) {
  return { incidentId, place };
}
