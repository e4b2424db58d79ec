/** What macOS prints. `systemextensionsctl list; kmutil showloaded` in one text is every extension there is. */
import { kernelExtensionLine } from './kmutil.ts';
import { linePerDriver } from './line-per-driver.ts';
import { systemExtensionLine } from './system-extensions.ts';

export const systemExtensions = linePerDriver(systemExtensionLine, kernelExtensionLine);

export const kmutil = linePerDriver(kernelExtensionLine, systemExtensionLine);
