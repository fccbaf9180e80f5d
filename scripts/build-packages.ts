// The packages that are installed without the server, as plain JavaScript with types, each into its own dist: what
// `npm pack ./sdk/dist` takes. What a package needs of ours lies in it, so that it installs alone and offline.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./packages.mjs";
import { Sentence } from "./sentence.mjs";

type Package = {
  name: string;
  room: string;
  entry: string;
  /** Folders with an entry of their own: `@cadenza/sdk/moving`. */
  also?: string[];
  /** Ours or others', carried along. */
  carries: string[];
  /** Others', which those need that are carried. */
  beneath?: string[];
  /** Others', which npm fetches when it is installed: too many to carry. */
  needs?: string[];
  /** Folders that lie beside the code. */
  beside?: string[];
  bin?: { command: string; file: string };
};

const PACKAGES: Package[] = [
  { name: "@cadenza/sdk", room: "sdk", entry: "index", also: ["moving"], carries: [] },
  { name: "@cadenza/sandbox", room: "sandbox", entry: "index", carries: [] },
  {
    name: "@cadenza/cli",
    room: "cli",
    entry: "main",
    carries: ["@cadenza/sdk", "age-encryption", "commander"],
    beneath: ["@noble/ciphers", "@noble/curves", "@noble/hashes", "@noble/post-quantum", "@scure/base"],
    bin: { command: "cadenza", file: "main.js" },
  },
  {
    name: "@cadenza/mcp",
    room: "mcp",
    entry: "main",
    carries: ["@cadenza/sdk"],
    needs: ["@modelcontextprotocol/sdk", "zod"],
    beside: ["skill"],
    bin: { command: "cadenza-mcp", file: "main.js" },
  },
];

/** In the order in which one needs the other. Answers where each lies. */
export function buildPackages(into = (room: string) => join(ROOT, room, "dist")) {
  return PACKAGES.map((wanted) => {
    const folder = into(wanted.room);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    emit(wanted, folder, into);
    carry(wanted, folder, into);
    describe(wanted, folder);
    return { name: wanted.name, folder };
  });
}

/** Types of ours are read as they were built a moment ago, so that nothing of another room comes along. */
function emit({ room, entry, also = [], bin }: Package, folder: string, into: (room: string) => string) {
  const config = join(ROOT, "node_modules", ".cache", `build-${room}-${process.pid}.json`);
  const compilerOptions = {
    noEmit: false,
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: true,
    declaration: !bin, // no other package imports a program
    target: "es2023",
    lib: ["es2023", "esnext.disposable"],
    types: ["node"],
    typeRoots: [join(ROOT, "node_modules", "@types")],
    rootDir: join(ROOT, room),
    outDir: folder,
    allowJs: false,
    checkJs: false,
    ...(room === "sdk" ? {} : { paths: pathsToSdk(into("sdk")) }),
  };
  mkdirSync(join(ROOT, "node_modules", ".cache"), { recursive: true });
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(ROOT, "tsconfig.json"),
      compilerOptions,
      include: [],
      files: [entry, ...also.map(entryOf)].map((file) => join(ROOT, room, `${file}.ts`)),
    }),
  );
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", config], { encoding: "utf8" });
  rmSync(config, { force: true });
  if (status !== 0) throw new Sentence(`${room} could not be built:\n${stdout}`);
}

const entryOf = (folder: string) => `${folder}/index`;

function pathsToSdk(folder: string) {
  return {
    "@cadenza/sdk": [join(folder, "index.d.ts")],
    "@cadenza/sdk/*": [join(folder, `${entryOf("*")}.d.ts`)],
  };
}

function carry({ room, carries, beneath = [] }: Package, folder: string, into: (room: string) => string) {
  for (const name of [...carries, ...beneath]) {
    const from = name.startsWith("@cadenza/") ? into(name.slice("@cadenza/".length)) : placeOf(name, room);
    cpSync(from, join(folder, "node_modules", name), { recursive: true, dereference: true });
  }
}

/** Where a room has a version of its own, npm lays it in the room. */
function placeOf(name: string, room: string) {
  const places = [join(ROOT, room, "node_modules", name), join(ROOT, "node_modules", name)];
  const place = places.find((one) => existsSync(one));
  if (!place) throw new Sentence(`${room} needs ${name}, which is not installed.`);
  return place;
}

function describe(
  { name, room, entry, also = [], carries, needs = [], beside = [], bin }: Package,
  folder: string,
) {
  const ours = manifestOf(room);
  const manifest = {
    name,
    version: ours.version,
    description: ours.description,
    license: ours.license,
    type: "module",
    engines: { node: ">=20.3" },
    ...(bin ? { bin: { [bin.command]: bin.file } } : { main: `${entry}.js`, types: `${entry}.d.ts` }),
    ...(bin
      ? {}
      : {
          exports: exportsOf({
            ".": entry,
            ...Object.fromEntries(also.map((one) => [`./${one}`, entryOf(one)])),
          }),
          sideEffects: false,
        }),
    ...(carries.length > 0 && {
      dependencies: Object.fromEntries([...carries, ...needs].map((one) => [one, versionOf(ours, one)])),
      bundleDependencies: carries,
    }),
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const one of beside) cpSync(join(ROOT, room, one), join(folder, one), { recursive: true });
  cpSync(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
  const readme = join(ROOT, room, "README.md");
  if (existsSync(readme)) cpSync(readme, join(folder, "README.md"));
}

function exportsOf(entries: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [
      name,
      { types: `./${file}.d.ts`, default: `./${file}.js` },
    ]),
  );
}

type Manifest = {
  version: string;
  description?: string;
  license: string;
  dependencies?: Record<string, string>;
};

function manifestOf(room: string) {
  return JSON.parse(readFileSync(join(ROOT, room, "package.json"), "utf8")) as Manifest;
}

function versionOf({ dependencies = {}, version }: Manifest, name: string) {
  return dependencies[name] ?? version;
}
