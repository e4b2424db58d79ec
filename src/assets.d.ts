/** Modules that scripts/assets.mjs makes from files beside the source. */

declare module 'holdfast:contract' {
  /** openapi.yaml as written. */
  export const text: string;
  /** The same, parsed. */
  export const document: import('./contract/document.ts').OpenApiDocument;
}

declare module 'holdfast:migrations' {
  /** In order of their numbers; `name` is the file's name. */
  export const migrations: readonly { number: number; name: string; sql: string }[];
}

declare module 'holdfast:web-assets' {
  /** The text of what the pages load, by the file's name. */
  export const files: Readonly<Record<string, string>>;
}
