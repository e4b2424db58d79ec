/** Globs on changed paths. */

/**
 * Whether the whole path matches. `*` is any text within a folder, `?` one character within a folder, `**` any
 * text across folders; `**` followed by `/` at the start of a folder also stands for no folder at all, so that
 * `src/**\/a.ts` matches `src/a.ts`. Every other character stands for itself, in its case.
 */
export function matchesGlob(glob: string, path: string): boolean {
  let g = 0;
  let p = 0;
  // Where to go on after a mismatch: only the last star of each sort is worth another try, because whatever an
  // earlier one could take more, the last `**` could take as well.
  let star: { g: number; p: number } | null = null;
  let deep: { g: number; p: number; wholeFolders: boolean } | null = null;

  for (;;) {
    if (glob[g] === '*') {
      const start = g;
      while (glob[g] === '*') g++;
      if (g - start === 1) {
        star = { g, p };
      } else {
        const wholeFolders = glob[g] === '/' && (start === 0 || glob[start - 1] === '/');
        if (wholeFolders) g++;
        deep = { g, p, wholeFolders };
        star = null;
      }
      continue;
    }
    if (p < path.length) {
      if (glob[g] === path[p]) {
        g++;
        p++;
        continue;
      }
      if (glob[g] === '?' && path[p] !== '/') {
        g++;
        p += widthAt(path, p);
        continue;
      }
    } else if (g === glob.length) {
      return true;
    }
    if (star !== null && star.p < path.length && path[star.p] !== '/') {
      star.p++;
      ({ g, p } = star);
    } else if (deep !== null && deep.p < path.length) {
      deep.p = deep.wholeFolders ? path.indexOf('/', deep.p) + 1 : deep.p + 1;
      if (deep.p === 0) return false;
      star = null;
      ({ g, p } = deep);
    } else {
      return false;
    }
  }
}

/** How much of the text one character takes: two units outside the basic plane. */
function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
