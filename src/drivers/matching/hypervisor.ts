/** Hypervisors under the names that systems print: makers' names, models of machines, the words of systemd. */
import { lowered } from './pattern.ts';
import { isPartOf, wordsOf } from './printed-name.ts';

/** What a text shows, then what else it may stand for: much that calls itself KVM is of somebody's own make. */
const marks: readonly [shows: RegExp, family: string, ...orElse: string[]][] = [
  [/vmware|\besxi?\b|\bvsphere\b/, 'vmware'],
  [/hyper-?v\b|^microsoft$|^(?:microsoft(?: corporation)? )?virtual machine$/, 'hyper-v', 'azure'],
  [/\bazure\b/, 'azure', 'hyper-v'],
  [/virtualbox|\bvbox\b|^oracle$|\binnotek\b/, 'virtualbox'],
  [/\bkvm\b/, 'kvm', 'qemu', 'nutanix', 'proxmox', 'google', 'amazon', 'openstack'],
  [/\bqemu\b|\bstandard pc \(|\bbochs\b/, 'qemu', 'kvm', 'nutanix', 'proxmox', 'openstack'],
  [/\bnutanix\b|\bahv\b/, 'nutanix', 'kvm'],
  [/\bproxmox\b/, 'proxmox', 'kvm', 'qemu'],
  [/\bopenstack\b/, 'openstack', 'kvm', 'qemu'],
  [/\bxen(?:server)?\b|\bhvm domu\b|\bxcp-ng\b|\bcitrix\b/, 'xen', 'amazon'],
  [/\bamazon\b/, 'amazon', 'kvm', 'xen'],
  [/\bgoogle\b/, 'google', 'kvm'],
  [/\bparallels\b/, 'parallels'],
  [/\bbhyve\b/, 'bhyve'],
  [/^apple$|\bapple virtualization\b|\bvirtualmac\d/, 'apple'],
];

/** Families that a recorded name stands for as a whole; one with more words is about a part of the family. */
const wholeFamilies = new Set([
  ...['vmware', 'vmware, inc.', 'hyper-v', 'hyperv', 'microsoft hyper-v', 'azure', 'virtualbox'],
  ...['oracle virtualbox', 'oracle vm virtualbox', 'vbox', 'kvm', 'qemu', 'nutanix', 'nutanix ahv'],
  ...['ahv', 'proxmox', 'proxmox ve', 'openstack', 'xen', 'amazon', 'google', 'parallels', 'bhyve'],
]);

/** Who makes machines of metal alone. Microsoft's are all called Surface. */
const metal =
  /^(?:dell|hp|hpe|hewlett[- ]packard|lenovo|fujitsu|super ?micro|asus(?:tek)?|acer|toshiba|dynabook|panasonic|samsung|micro-star|gigabyte|microsoft corporation surface)\b/;

/** What `systemd-detect-virt` says where there is none. */
export function saysNoHypervisor(said: string): boolean {
  const text = lowered(said);
  return text === 'none' || metal.test(text);
}

/** Whether it is one of those wanted; null where that is not clear, as of a name that nobody here knows. */
export function compareHypervisors(said: string, wanted: readonly string[]): boolean | null {
  const answers = wanted.map((each) => compare(said, each));
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

function compare(said: string, wanted: string): boolean | null {
  if (isPartOf(wordsOf(wanted), said)) return true;
  const [there, sought] = [marksIn(said), marksIn(wanted)];
  const [family] = sought.flatMap(([, first]) => first);
  if (family === undefined || there.length === 0) return null;
  const sure = there.every(([, first]) => first === family);
  if (sure && wholeFamilies.has(lowered(wanted))) return true;
  return there.some(([, ...families]) => families.includes(family)) ? null : false;
}

function marksIn(text: string) {
  const name = lowered(text);
  return marks.filter(([shows]) => shows.test(name));
}
