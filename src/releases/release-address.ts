/** Where a release is found in the contract. */

export function releaseAddress({ product, version }: { product: string; version: string }): string {
  return `/v1/products/${product}/releases/${encodeURIComponent(version)}`;
}
