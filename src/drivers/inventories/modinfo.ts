/** `modinfo` of Linux, of one module or of many, one after the other. */
import type { Findings } from './findings.ts';
import type { InventoryItem } from './inventory-item.ts';
import { saysNothing } from './lines.ts';
import type { TextFormat } from './text-format.ts';
import { fileNameOf } from './value-shapes.ts';

export const modinfo: TextFormat = {
  tellingLines: (sample) =>
    sample.filter((line) => {
      const tag = tagOf(line);
      return tag !== null && telling.has(tag.name);
    }).length,
  read(lines, findings) {
    const modules = new Modules(findings);
    for (const [index, line] of lines.entries()) {
      if (findings.overflowed) break;
      if (!saysNothing(line)) modules.take(line, index + 1, lines[index + 1] ?? '');
    }
    modules.end();
    return { format: 'modinfo', platform: 'linux' };
  },
};

/** A module without aliases, parameters and firmware has no others. */
const telling = new Set([
  ...['filename', 'license', 'description', 'author', 'alias', 'depends', 'parm', 'firmware'],
  ...['srcversion', 'vermagic', 'intree', 'retpoline', 'name', 'version', 'signer', 'softdep'],
  ...['sig_id', 'sig_key', 'sig_hashalgo', 'signature', 'import_ns', 'rhelversion', 'supported'],
]);

/** A module has one of each, so a second one belongs to another module. */
const single = new Set(['filename', 'name', 'version', 'srcversion', 'vermagic']);

interface Tag {
  name: string;
  value: string;
}

function tagOf(line: string): Tag | null {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon);
  if (!/^[a-z][a-z0-9_]{0,40}$/i.test(name)) return null;
  const value = line.slice(colon + 1).trim();
  return isModuleFile.test(value) ? { name: 'filename', value } : { name, value };
}

/** A file's name is known by its shape, should the tag before it be damaged. */
const isModuleFile = /^(?:\/.{0,4000}\.ko(?:\.[a-z0-9]{2,4})?|\(builtin\))$/;

/** How modinfo begins a line on what it could not read; it may stand anywhere, even within another module. */
const notRead = 'modinfo: ERROR: ';

/** Puts lines together to modules. Damage ends a module, unless what follows proves to belong to it. */
class Modules {
  readonly #findings: Findings;
  #tags = new Map<string, string>();
  #from = 0;
  #to = 0;
  #last = '';
  /** The part of the module before a line that could not be read. */
  #before: { tags: Map<string, string>; from: number; to: number } | undefined;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** `next` is the line after it. */
  take(line: string, number: number, next: string): void {
    const tag = tagOf(line);
    if (line.startsWith(notRead)) {
      this.#damage(number, 'modinfo says that it could not read this module.');
    } else if (tag) this.#add(tag, number, next);
    else if (this.#tags.size > 0 && isContinuation(line, this.#last)) this.#to = number;
    else this.#damage(number, 'Expected a word, a colon and a value.');
  }

  end(): void {
    const { tags, from, to } = this.#joined();
    this.#before = undefined;
    this.#tags = new Map();
    if (tags.size > 0) this.#findings.item(fieldsOf(tags), from, to);
  }

  #add({ name, value }: Tag, number: number, next: string): void {
    if (this.#begins(name, next)) this.end();
    if (this.#tags.size === 0) this.#from = number;
    this.#last = name;
    // The first of several: modinfo prints what the module itself says before what was added.
    if (!this.#tags.has(name)) this.#tags.set(name, value);
    this.#to = number;
  }

  #begins(name: string, next: string): boolean {
    if (single.has(name) && this.#tags.has(name)) return true;
    // A module built into the kernel is named before its file, every other one after it.
    if (name === 'name') return tagOf(next)?.value === '(builtin)';
    const isNamedAlone = this.#tags.size === 1 && this.#tags.has('name');
    return name === 'filename' && !isNamedAlone;
  }

  #damage(number: number, why: string): void {
    this.#before = this.#joined();
    this.#tags = new Map();
    this.#findings.unread(number, number, why);
  }

  /** Both parts, where they are of one module; otherwise the first is handed on. */
  #joined(): { tags: Map<string, string>; from: number; to: number } {
    const after = { tags: this.#tags, from: this.#from, to: this.#to };
    const before = this.#before;
    if (before === undefined || before.tags.size === 0) return after;
    if (after.tags.size === 0) return before;
    const name = after.tags.get('name');
    const repeats = [...single].some((tag) => before.tags.has(tag) && after.tags.has(tag));
    if (!repeats && (name === undefined || name === fieldsOf(before.tags).moduleName)) {
      const tags = new Map([...after.tags, ...before.tags]);
      return { tags, from: before.from, to: after.to };
    }
    this.#findings.item(fieldsOf(before.tags), before.from, before.to);
    return after;
  }
}

/** The bytes of a signature or the description of a parameter go on over several lines, indented. */
function isContinuation(line: string, tag: string): boolean {
  if (/^sig/.test(tag)) return /^\s+(?:[0-9A-F]{2}:?)+$/i.test(line);
  return /^(?:parm|description|author|license)$/.test(tag) && /^\s/.test(line);
}

function fieldsOf(tags: ReadonlyMap<string, string>): InventoryItem {
  const filename = tags.get('filename');
  const path = filename?.startsWith('/') ? filename : undefined;
  const file = path === undefined ? undefined : withoutCompression(fileNameOf(path));
  return {
    // The kernel writes an underscore for a hyphen in names of modules.
    moduleName: tags.get('name') ?? file?.replace(/\.ko$/, '').replaceAll('-', '_'),
    version: tags.get('version'),
    srcversion: tags.get('srcversion'),
    signer: tags.get('signer'),
    displayName: tags.get('description'),
    path,
    fileName: file,
  };
}

/** Distributions compress the same module in different ways. */
function withoutCompression(fileName: string): string {
  return fileName.replace(/\.ko\.[a-z0-9]{2,4}$/, '.ko');
}
