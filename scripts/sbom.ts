// What an installation is made of, as CycloneDX: every package of others that is not for development only, with the
// digest it was locked with and its licence. Read off package-lock.json, so it needs no network and no installation.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./packages.mjs";

type Locked = {
  version?: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  link?: boolean;
  hasInstallScript?: boolean;
};

type Lock = { version: string; packages: Record<string, Locked> };

const FOLDER = "node_modules/";

export function readLock(): Lock {
  return JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
}

/** Packages of others: ours are links, and packages for development only are not shipped. */
export function shippedIn({ packages }: Lock) {
  const seen = new Map<string, Locked & { name: string; version: string }>();
  for (const [path, locked] of Object.entries(packages)) {
    if (!path.includes(FOLDER) || locked.link || locked.dev || !locked.version) continue;
    const name = path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);
    seen.set(`${name}@${locked.version}`, { ...locked, name, version: locked.version });
  }
  return [...seen.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

export function sbomFile(lock = readLock()) {
  const components = shippedIn(lock).map(component);
  const cadenza = { type: "application", "bom-ref": "cadenza", name: "cadenza", version: lock.version };
  const bom = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: cadenza },
    components,
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function component({
  name,
  version,
  integrity,
  license,
  optional,
  hasInstallScript,
}: ReturnType<typeof shippedIn>[number]) {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    scope: optional ? "optional" : "required",
    ...(integrity && { hashes: [digest(integrity)] }),
    ...(license && {
      licenses: [isExpression(license) ? { expression: license } : { license: { name: license } }],
    }),
    purl,
    ...(hasInstallScript && { properties: [{ name: "cdx:npm:package:hasInstallScript", value: "true" }] }),
  };
}

/** `sha512-<base64>` as CycloneDX writes it. */
function digest(integrity: string) {
  const [algorithm = "", encoded = ""] = (integrity.split(" ")[0] ?? "").split(/-(.*)/s);
  return {
    alg: algorithm.toUpperCase().replace("SHA", "SHA-"),
    content: Buffer.from(encoded, "base64").toString("hex"),
  };
}

function isExpression(license: string) {
  return /^\(?[A-Za-z0-9.+-]+(?: (?:OR|AND|WITH) [A-Za-z0-9.+-]+)*\)?$/.test(license);
}
