/** Where the public finds the report of an incident. */
import type { Service } from '../db/service.ts';
import { absolute, links } from '../web/links.ts';

/** An absolute address. */
export type ReportUrl = (incident: string) => string;

export function reportUrls({ publicUrl }: Pick<Service, 'publicUrl'>): ReportUrl {
  return (incident) => absolute({ publicUrl }, links.report(incident));
}
