/** Which addresses a webhook may reach: public ones, and what the operator allows. Pure. */
import { BlockList, isIP } from 'node:net';

/** What the operator allows beyond public addresses. */
export interface PrivateAllowed {
  /** Reached under whatever name. */
  addresses: BlockList;
  /** Names in lower case: wherever they lead, also without TLS. */
  hosts: ReadonlySet<string>;
}

export const nothingPrivate: PrivateAllowed = { addresses: new BlockList(), hosts: new Set() };

type Family = 'ipv4' | 'ipv6';

/** IPv4 that is not globally reachable, by the IANA registry of special-purpose addresses (RFC 6890), and multicast. */
const specialIpv4 = blockList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/**
 * IPv6 that is given out for the public internet (RFC 4291 §2.4). Loopback, link-local, unique-local, multicast, and
 * whatever carries an IPv4 address in it lie outside, or are listed below.
 */
const globalIpv6 = blockList('ipv6', [['2000::', 3]]);
const specialIpv6 = blockList('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

function blockList(family: Family, ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of ranges) list.addSubnet(address, bits, family);
  return list;
}

/** Null where it is a name. */
function familyOf(address: string): Family | null {
  const version = isIP(address);
  return version === 0 ? null : `ipv${version as 4 | 6}`;
}

/** Whether a connection to `address` may be made for the sake of `host`, the host of the webhook's URL. */
export function mayReach(address: string, host: string, allowed: PrivateAllowed): boolean {
  if (allowed.hosts.has(nameOf(host))) return true;
  const family = familyOf(address);
  if (family === null) return false;
  if (allowed.addresses.check(address, family)) return true;
  if (family === 'ipv4') return !specialIpv4.check(address, family);
  return globalIpv6.check(address, family) && !specialIpv6.check(address, family);
}

/** The host of a URL as it is connected to: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

const nameOf = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** Why nothing can be sent to this address, as far as one sees that without asking for names; null where it can. */
export function faultOfUrl(text: string, allowed: PrivateAllowed): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return 'It is no https address. Give one such as https://hooks.example.com/holdfast.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'It holds a user name or a password, which would be shown in lists. Receivers know us by the signature; leave it out.';
  }
  if (text.includes('#'))
    return 'It has a fragment, which is never sent. Leave out the # and what follows.';
  const host = hostOf(url);
  const family = familyOf(host);
  if (family !== null && !mayReach(host, host, allowed)) {
    return `${host} is no public address. Give one that is, or have the operator allow it in WEBHOOK_ALLOW_PRIVATE.`;
  }
  const isAllowed =
    allowed.hosts.has(nameOf(host)) || (family !== null && allowed.addresses.check(host, family));
  if (url.protocol === 'http:' && !isAllowed) {
    return 'It is not https, so others could read what is sent. Use https, or have the operator allow the host in WEBHOOK_ALLOW_PRIVATE.';
  }
  return null;
}

/**
 * Reads what an operator allows: addresses, ranges (`10.20.0.0/16`) and host names, with commas or spaces between them.
 * `wrong` is the first entry that is none of these.
 */
export function readPrivateAllowed(
  text: string,
): { kind: 'read'; allowed: PrivateAllowed } | { kind: 'wrong'; entry: string } {
  const addresses = new BlockList();
  const hosts = new Set<string>();
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const [address = '', bits, ...more] = entry.split('/');
    const family = familyOf(address);
    if (family === null) {
      if (bits !== undefined || !isHostName(entry)) return { kind: 'wrong', entry };
      hosts.add(nameOf(entry));
      continue;
    }
    const whole = family === 'ipv4' ? 32 : 128;
    const prefix = bits === undefined ? whole : Number(bits);
    if (more.length > 0 || !/^\d{1,3}$/.test(bits ?? '0') || prefix > whole) {
      return { kind: 'wrong', entry };
    }
    addresses.addSubnet(address, prefix, family);
  }
  return { kind: 'read', allowed: { addresses, hosts } };
}

/** Names of letters, digits, hyphens and underscores between dots; not all digits, which would be a mistyped address. */
function isHostName(text: string): boolean {
  return /^(?!.*[.-]{2})(?![\d.]+$)\w[\w.-]{0,252}$/.test(text);
}
