/** One driver as a machine describes it. */

/**
 * What is said of one driver, as it was printed: nothing is compared or corrected here.
 * What is not known is absent, never empty.
 */
export interface InventoryItem {
  /** Without its folder. */
  fileName?: string | undefined;
  originalFileName?: string | undefined;
  serviceName?: string | undefined;
  path?: string | undefined;
  /** As printed, `10, 29, 0, 5152 (build)` included: `readFileVersion` reads it. So are the other versions. */
  fileVersion?: string | undefined;
  productVersion?: string | undefined;
  /** The one of the package, from its INF. */
  packageVersion?: string | undefined;
  /** `YYYY-MM-DD` where that is certain, else as printed. */
  date?: string | undefined;
  provider?: string | undefined;
  company?: string | undefined;
  /** Never `oemNN.inf`, which is another driver on the next machine. */
  originalInf?: string | undefined;
  classGuid?: string | undefined;
  hardwareIds?: readonly string[] | undefined;
  compatibleIds?: readonly string[] | undefined;
  /** Of the file. 64 hexadecimal digits in lower case, as is the Authentihash. */
  sha256?: string | undefined;
  authentihashSha256?: string | undefined;
  signer?: string | undefined;
  architecture?: string | undefined;
  moduleName?: string | undefined;
  /** Of a kernel module, a system extension or a kernel extension. */
  version?: string | undefined;
  srcversion?: string | undefined;
  bundleId?: string | undefined;
  teamId?: string | undefined;
  displayName?: string | undefined;
}
