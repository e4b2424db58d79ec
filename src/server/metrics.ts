/** What operators watch: requests by operation and status, and the process itself, in Prometheus' text format. */
import { performance } from 'node:perf_hooks';
import type { Context, MiddlewareHandler } from 'hono';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** Counts every request that passes. */
  middleware: MiddlewareHandler;
  /** Answers `/metrics`. */
  answer(context: Context): Promise<Response>;
}

let ofProcess: Registry | undefined;

/** Begun once: there is one process to measure, however many applications it has. */
function processMetrics(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

/** What the application itself knows of its state. */
interface Inside {
  /** How many callers are kept until a verdict is no longer pending. */
  callersWaiting(): number;
}

export function metrics({ callersWaiting }: Inside): Metrics {
  const registry = Registry.merge([processMetrics()]);
  new Gauge({
    name: 'holdfast_gate_callers_waiting',
    help: 'Callers that wait for a verdict which is pending.',
    registers: [registry],
    collect() {
      this.set(callersWaiting());
    },
  });
  const durations = new Histogram({
    name: 'holdfast_http_request_duration_seconds',
    help: 'Time to answer, by route, method and status.',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  /** As many as there are routes, methods and statuses. */
  const known = new Map<string, Histogram.Internal<'route' | 'method' | 'status'>>();
  return {
    async middleware(context, next) {
      const begun = performance.now();
      await next();
      // The route, not the address: addresses are without number, and say who was asked about.
      const { routePath: route, method } = context.req;
      const { status } = context.res;
      const name = `${status} ${method} ${route}`;
      let duration = known.get(name);
      if (!duration) {
        duration = durations.labels({ route, method, status });
        known.set(name, duration);
      }
      duration.observe((performance.now() - begun) / 1000);
    },
    async answer(context) {
      const text = await registry.metrics();
      return context.body(text, 200, { 'Content-Type': registry.contentType });
    },
  };
}
