/** What every page says of the instance it belongs to. */

export interface Site {
  /** Whose faulty releases these are, as customers know them. */
  publisherName: string;
  /** Where the public finds this instance, without a slash at the end. */
  publicUrl: string;
}
