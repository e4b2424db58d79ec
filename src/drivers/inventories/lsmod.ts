/** `lsmod` and `/proc/modules` of Linux: names of modules, and nothing of their versions. */
import { linePerDriver } from './line-per-driver.ts';

export const lsmod = linePerDriver({
  format: 'lsmod',
  platform: 'linux',
  isKnown: (line) => /^Module\s+Size\s+Used by\s*$/.test(line),
  driverOf(line) {
    const [name = '', size = '', users = '', ...rest] = line.trim().split(/\s+/, 8);
    const isModule = isName.test(name) && /^\d+$/.test(size) && /^-?\d+$/.test(users);
    return isModule && isRest(rest) ? { moduleName: name } : null;
  },
  expected: 'the name of a module, its size and the number of its users',
});

const isName = /^[A-Za-z0-9_][\w-]*$/;

/** Who uses it; in `/proc/modules` also its state, its address and its taints. */
function isRest([users = '-', state = 'Live', address = '0x0', taints = '(O)', ...more]: string[]) {
  return (
    /^(?:[\w,-]+|[\w,-]*\[permanent\],?)$/.test(users) &&
    /^(?:Live|Loading|Unloading)$/.test(state) &&
    /^0x[0-9a-f]+$/i.test(address) &&
    /^\([A-Z+-]+\)$/.test(taints) &&
    more.length === 0
  );
}
