/** Paths as the contract writes them, `/v1/products/{product}`, turned into the router's. */

/** A path in hono's notation: `/v1/products/:product`. Throws for a segment that is neither fixed nor one parameter. */
export function honoPath(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      if (!/[{}:*]/.test(segment)) return segment;
      const name = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (!name) throw new Error(`openapi.yaml: ${path} mixes text and parameters in one segment.`);
      return `:${name}`;
    })
    .join('/');
}

/**
 * The same paths, those with a fixed segment before those that take a parameter in its place, so that
 * `/v1/tokens/self` is asked before `/v1/tokens/{token}` (OpenAPI 3.1 §4.8.8.2).
 */
export function mostFixedFirst(paths: readonly string[]): string[] {
  const order = (path: string) => path.replaceAll(/\{\w+\}/g, '\uffff');
  return paths.toSorted((left, right) => (order(left) < order(right) ? -1 : 1));
}
