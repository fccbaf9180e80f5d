// What a release leaves out of the packages of others, each with its reason.

type LeftOut = { what: RegExp; why: string };

/** A path from the root that one of these matches is left out. */
const LEFT_OUT: readonly LeftOut[] = [
  { what: /\.(?:d\.[cm]?ts|[cm]?tsbuildinfo|map|flow)$/, why: "only compilers and debuggers read it" },
  {
    what: /\.markdown$|(?<!licen[cs]e[^/]*)\.md$/i,
    why: "a page for people who write code with the package",
  },
  {
    what: /\/zod\/v4\/locales\/(?!en\.|index\.)[\w-]+\.js$/,
    why: "its messages in languages that Cadenza never asks for (rewritten.ts)",
  },
  { what: /\/pg-boss\/dist\/cli\.js$/, why: "its command line, which Cadenza never starts" },
  {
    what: /\.a$|\/native\/lib\/(?:pkgconfig|postgresql\/pgxs)\//,
    why: "only for building against PostgreSQL",
  },
  { what: /\/native\/bin\/pg_ctl$/, why: "only used on Windows, where it is pg_ctl.exe" },
  { what: /\/native\/share\/(?:doc|man)\//, why: "pages about PostgreSQL" },
  {
    what: /\/native\/share\/postgresql\/(?:errcodes\.txt|tsearch_data\/(?:unaccent\.rules|\w+_sample\w*\.\w+))$/,
    why: "for building procedural languages, for the extension unaccent, and samples of dictionaries",
  },
  {
    what: /\/native\/share\/postgresql\/timezonesets\/\w+\.txt$/,
    why: "abbreviations of time zones to copy from; the server reads Default alone",
  },
  {
    what: /\/native\/lib\/lib(?:ecpg|pgtypes)/,
    why: "for C programs with SQL in their source",
  },
  {
    what: /\/native\/lib\/lib(?:ossp-uuid|xslt)\./,
    why: "only the extensions uuid-ossp and xml2 load it, and those are left out",
  },
  {
    what: /\/native\/lib\/postgresql\/(?:utf8_and_(?:big5|euc|gb|johab|sjis|uhc)|\w+_and_mic|euc|cyrillic|latin2)\w*\.so$/,
    why: "converts texts between encodings; the database and its clients speak UTF-8",
  },
];

/** Extensions and modules of PostgreSQL that a release has. The others need a `create extension` that Cadenza never runs. */
const MODULES: Record<string, string> = {
  btree_gin: "an index of contacts uses it",
  pg_trgm: "the search for parts of words uses it",
  plpgsql: "triggers and functions are written in it",
  dict_snowball: "initdb makes text search dictionaries with it",
  pgstattuple: "operators measure unused space with it",
  pg_stat_statements: "operators find slow statements with it",
  auto_explain: "operators find slow statements with it",
  pgoutput: "replicas read changes through it",
  libpqwalreceiver: "replicas read changes through it",
};

const MODULE_FILE =
  /\/native\/(?:lib\/postgresql\/([\w-]+)\.(?:so|dylib|dll)|share\/postgresql\/extension\/([a-z_0-9]+(?:-ossp)?)(?:--[^/]*)?\.(?:sql|control))$/;

export function isNeeded(path: string) {
  if (LEFT_OUT.some(({ what }) => what.test(path))) return false;
  const [, library, extension] = MODULE_FILE.exec(path) ?? [];
  const module = library ?? extension;
  return module === undefined || module in MODULES || library?.startsWith("utf8_and_") === true;
}

/** Folders of a package that its programs do not load. */
export const NOT_ENTERED = new Set([
  "node_modules",
  "test",
  "tests",
  "testing",
  "__tests__",
  "example",
  "examples",
  "benchmark",
  "benchmarks",
  ".github",
  "coverage",
]);
