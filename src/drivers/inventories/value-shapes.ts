/** What values look like in every language: names of INFs, GUIDs, hashes, paths. */

export const isInf = (text: string): boolean => /^[^\\/:*?"<>|]{1,250}\.inf$/i.test(text);

/** The name Windows gave a package on that machine: another driver on the next. */
export const isPublishedInf = (text: string): boolean => /^oem\d+\.inf$/i.test(text);

export const isGuid = (text: string): boolean =>
  /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(text);

export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);

/** The INF's name where it holds on other machines. */
export function originalInfOf(text: string | undefined): string | undefined {
  const name = text === undefined ? undefined : fileNameOf(text);
  return name !== undefined && isInf(name) && !isPublishedInf(name) ? name : undefined;
}

/** The last part of a path of Windows, Linux or macOS. */
export function fileNameOf(path: string): string {
  const bare = path.includes('"') ? path.replace(/^"|"$/g, '') : path;
  return bare.slice(Math.max(bare.lastIndexOf('\\'), bare.lastIndexOf('/')) + 1);
}

/** A path where the text is one, and the name of the file in any case. */
export function placeOf(text: string | undefined): { path?: string; fileName?: string } {
  if (text === undefined || text === '') return {};
  const fileName = fileNameOf(text);
  return fileName === text ? { fileName } : { path: text, fileName };
}

/** What the driver store writes into the names of its folders: `…\nv_dispi.inf_amd64_0a1b2c\…`. */
export function architectureOf(path: string | undefined): string | undefined {
  return /\.inf_(amd64|x86|arm64|arm|ia64)_/i.exec(path ?? '')?.[1]?.toLowerCase();
}
