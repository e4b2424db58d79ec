/** The address of this instance where the operator names none. Pure. */

/** As a browser on this machine writes it: nobody reaches an address that stands for all addresses. */
export function ownUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
