/** Which addresses webhooks reach: public ones, and what the operator allows. */
import { describe, expect, test } from 'vitest';
import {
  faultOfUrl,
  mayReach,
  nothingPrivate,
  readPrivateAllowed,
} from '../../src/webhooks/private-addresses.ts';
import { allowing } from './webhook-scene.ts';

const host = 'hooks.example.com';

describe('without a word of the operator', () => {
  test.each([
    '93.184.215.14',
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.0.1.1',
    '223.255.255.255',
    '2606:2800:21f:cb07:6820:80da:af6b:8b2c',
    '2001:4860:4860::8888',
    '2a00:1450:4001:800::200e',
  ])('%s is reached', (address) => {
    expect(mayReach(address, host, nothingPrivate)).toBe(true);
  });

  test.each([
    ['this host', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['loopback', '127.0.0.1'],
    ['loopback elsewhere', '127.255.255.254'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['carrier-grade NAT', '100.127.255.255'],
    ['link-local: metadata of clouds', '169.254.169.254'],
    ['protocol assignments', '192.0.0.170'],
    ['benchmarks', '198.18.0.1'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.7'],
    ['documentation', '203.0.113.9'],
    ['6to4 relays', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped loopback in hex', '::ffff:7f00:1'],
    ['mapped private', '::ffff:10.0.0.1'],
    ['mapped public', '::ffff:93.184.215.14'],
    ['compatible', '::127.0.0.1'],
    ['translated (NAT64)', '64:ff9b::7f00:1'],
    ['translated locally', '64:ff9b:1::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['unique local', 'fc00::1'],
    ['unique local', 'fd12:3456::1'],
    ['link-local', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['discard', '100::1'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('%s is not reached: %s', (_, address) => {
    expect(mayReach(address, host, nothingPrivate)).toBe(false);
  });
});

describe('the operator allows', () => {
  test('a range, under whatever name', () => {
    const allowed = allowing('10.20.0.0/16');
    expect(mayReach('10.20.3.4', host, allowed)).toBe(true);
    expect(mayReach('10.21.3.4', host, allowed)).toBe(false);
  });

  test('an address of either family', () => {
    const allowed = allowing('192.168.1.5 fd00::/8');
    expect(mayReach('192.168.1.5', host, allowed)).toBe(true);
    expect(mayReach('192.168.1.6', host, allowed)).toBe(false);
    expect(mayReach('fd12::1', host, allowed)).toBe(true);
    expect(mayReach('::1', host, allowed)).toBe(false);
  });

  test('a host, wherever it leads, however it is written, and no other', () => {
    const allowed = allowing('Hooks.Example.internal, other');
    expect(mayReach('127.0.0.1', 'HOOKS.example.internal.', allowed)).toBe(true);
    expect(mayReach('127.0.0.1', 'other', allowed)).toBe(true);
    expect(mayReach('127.0.0.1', 'a.hooks.example.internal', allowed)).toBe(false);
    expect(mayReach('127.0.0.1', host, allowed)).toBe(false);
  });

  test.each([
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0/8',
    'fd00::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/x',
    'http://x',
    '*',
    '-a',
    '1.2.3',
    '300.1.1.1',
  ])('nothing that cannot be read: %s', (entry) => {
    expect(readPrivateAllowed(`localhost, ${entry}`)).toEqual({ kind: 'wrong', entry });
  });
});

describe('an address that is written', () => {
  const allowed = allowing('10.20.0.0/16, hooks.example.internal');

  test.each([
    'https://hooks.example.com/x?key=1',
    'https://hooks.example.com:8443/',
    'https://93.184.215.14/',
    'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/x',
    'http://hooks.example.internal/x',
    'http://10.20.0.7:8080/x',
  ])('%s may be one', (url) => {
    expect(faultOfUrl(url, allowed)).toBeNull();
  });

  test.each([
    ['http://hooks.example.com/', 'not https'],
    ['http://a.hooks.example.internal/', 'not https'],
    ['https://127.0.0.1/', 'no public address'],
    ['https://127.1/', 'no public address'],
    ['https://2130706433/', 'no public address'],
    ['https://0x7f.0.0.1/', 'no public address'],
    ['https://[::1]/', 'no public address'],
    ['https://[::ffff:127.0.0.1]/', 'no public address'],
    ['https://169.254.169.254/latest/meta-data', 'no public address'],
    ['https://user:secret@hooks.example.com/', 'user name or a password'],
    ['https://hooks.example.com/#part', 'fragment'],
    ['https://', 'no https address'],
    ['ftp://hooks.example.com/', 'no https address'],
  ])('%s may not: it is or has %s', (url, why) => {
    expect(faultOfUrl(url, allowed)).toContain(why);
  });
});
