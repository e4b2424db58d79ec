/** What a vendor has published before a customer asks: an incident beside a driver. */

/** `token` is an administrator's. */
export async function publishIncident(url: string, token: string): Promise<void> {
  const send = async (method: string, path: string, body: object, as = token, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return { body: JSON.parse(text), etag: response.headers.get('etag') ?? '' };
  };
  const approver = (await send('POST', '/v1/tokens', { name: 'Bo', role: 'approver' })).body.token;
  await send('PUT', '/v1/products/sensor', {
    name: 'Sensor',
    versionScheme: 'intdot',
    rings: ['general'],
  });
  await send('PUT', '/v1/drivers/audio-bus', {
    name: 'Audio bus',
    vendor: 'Example Audio',
    kind: 'kernel_driver',
    platform: 'windows',
    versionScheme: 'intdot',
    identity: { fileNames: ['AudioBus.sys'], signers: ['Example Audio*'] },
    access: 'none',
  });
  const incident = await send('POST', '/v1/incidents', {
    title: 'Stops beside an audio driver',
    severity: 'sev1',
    summary: 'Machines with this audio driver stop.',
    whatToDo: 'Update the audio driver.',
    nextUpdateAt: '2099-07-20T12:00:00Z',
    affected: [{ product: 'sensor', versions: 'vers:intdot/>=7|<8' }],
    drivers: [
      {
        driver: 'audio-bus',
        versions: 'vers:intdot/>=10.29|<=10.29.0.5152',
        versionOf: 'file',
        role: 'trigger',
        visibility: 'public',
      },
    ],
  });
  const path = `/v1/incidents/${incident.body.key}`;
  let { etag } = incident;
  for (const [to, as] of [
    ['in_review', token],
    ['approved', approver],
    ['published', token],
  ]) {
    ({ etag } = await send('POST', `${path}/transitions`, { to }, as, { 'If-Match': etag }));
  }
}
