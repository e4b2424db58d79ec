/** What a caller says of a machine. What it does not say is unknown, never taken for "no". */
import type { Instant } from '../../gate/index.ts';
import type { InventoryItem } from '../inventories/inventory-item.ts';

export interface Machine {
  /** The product asked about, by its key, and its version there. */
  readonly product: string;
  readonly version: string;
  /** Every driver of the machine; null where no list was handed in. */
  readonly items: readonly InventoryItem[] | null;
  /** How many lines of the list could not be read: any of them may have been a driver. */
  readonly unreadableLines: number;
  /**
   * Others of our products beside it. Only those that are named are spoken of; a version of null
   * says that the product is not there.
   */
  readonly companions?: readonly Companion[];
  /** As the product names its platforms, or as systems and people call them. */
  readonly platform?: string;
  /** As the system prints it: `10.0.26100.1742`, `Microsoft Windows [Version 10.0.26100.1742]`, `6.8.7-arch1-1`. */
  readonly osBuild?: string;
  readonly architecture?: string;
  /** A BCP 47 tag, such as `de-DE`, or what systems print instead: `de_DE.UTF-8`. */
  readonly locale?: string;
  /** Every patch that is installed; empty where there is none. */
  readonly patches?: readonly string[];
  /** As the system prints it. */
  readonly cpu?: string;
  /** As the system prints it; null on bare metal. */
  readonly hypervisor?: string | null;
  /** Only those that are named are spoken of; a value of null says that it is not set. */
  readonly settings?: readonly { readonly name: string; readonly value: string | null }[];
  /** Every period in which it was online; empty where it was not. */
  readonly onlineBetween?: readonly Period[];
}

export interface Companion {
  readonly product: string;
  readonly version: string | null;
}

/** Both ends belong to it, so that one instant can be said too. No end: it still is. */
export interface Period {
  readonly from: Instant;
  readonly until: Instant | null;
}
