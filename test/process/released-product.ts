/** A product with one check and one release, put over HTTP into a service that runs: the least that writes need. */
export const release = '/v1/products/content/releases/2.0';

/** The check's key; its cases are reported by the suite `host.boot`. */
export const check = 'boots-twice';

const documents: readonly [address: string, body: object][] = [
  [
    '/v1/products/content',
    { name: 'Sensor content', versionScheme: 'intdot', rings: ['canary', 'general'] },
  ],
  [
    `/v1/checks/${check}`,
    {
      title: 'A host restarts twice after the update',
      purpose: 'A host must come up twice after it took the update.',
      kind: 'automated',
      enforcement: 'required',
      appliesTo: { products: ['content'] },
      reportedAs: [{ suite: 'host.boot' }],
      owner: 'release-engineering',
    },
  ],
  [release, { kind: 'content' }],
];

export async function putReleasedProduct(url: string, secret: string): Promise<void> {
  for (const [address, body] of documents) {
    const response = await fetch(url + address, {
      method: 'PUT',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status !== 201) throw new Error(`${address}: ${await response.text()}`);
  }
}
