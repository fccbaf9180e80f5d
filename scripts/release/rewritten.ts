// Files of packages that a release lays down with less in them.

export const REWRITTEN: Readonly<Record<string, string>> = {
  /** Messages in fifty languages, of which Cadenza asks for none but the usual one. */
  "node_modules/zod/v4/locales/index.js": 'export { default as en } from "./en.js";\n',
};
