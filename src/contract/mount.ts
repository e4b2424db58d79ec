/** Mounts the contract: openapi.yaml on one side, the handlers on the other, and nothing of either left out. */

import { document } from 'holdfast:contract';
import type { Hono } from 'hono';
import type { Handlers } from './handlers.ts';
import { mountDocument } from './mount-document.ts';
import type { AnyHandler, Surroundings } from './serve-operation.ts';

export function mount(app: Hono, handlers: Handlers, surroundings: Surroundings): void {
  // Each handler is typed by its own operation, and is called with what that operation declares.
  mountDocument(app, document, handlers as unknown as Record<string, AnyHandler>, surroundings);
}
