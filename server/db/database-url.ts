// DATABASE_URL, read as PostgreSQL's own clients read it: several servers, the one that takes writes, and how the connection is
// encrypted. The driver itself knows one server, and gives the TLS modes another meaning.

import { readFileSync } from "node:fs";
import { getCACertificates } from "node:tls";

/** The message says which part is wrong and what to do. It never holds the password. */
export class BadDatabaseUrl extends Error {}

/** Where nothing is said the driver has its own defaults. */
export type Place = { host: string | undefined; port: number | undefined };

const MODES = ["disable", "prefer", "require", "verify-ca", "verify-full"] as const;
export type Tls = {
  mode: (typeof MODES)[number];
  ca?: string | string[];
  cert?: string;
  key?: string;
};

export type DatabaseUrl = {
  places: [Place, ...Place[]];
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  /** As the server reads them when a session begins: `-c geqo=off`. */
  options: string | undefined;
  /** Null where the URL says nothing about it. */
  tls: Tls | null;
};

const FORM =
  "DATABASE_URL must be the URL of a PostgreSQL database, such as postgres://user:password@host:5432/name. Percent-encode special characters of the password.";
const PARTS =
  /^postgres(?:ql)?:\/\/(?:(?<who>[^/?#]*)@)?(?<servers>[^/?#@]*)(?:\/(?<name>[^?#]*))?(?:\?(?<query>[^#]*))?$/;
const SERVER = /^(?<host>\[[\da-f:.]+\]|[^:[\]]*)(?::(?<port>\d{1,5}))?$/i;

export function readDatabaseUrl(text: string): DatabaseUrl {
  const { who = "", servers = "", name = "", query = "" } = PARTS.exec(text)?.groups ?? refuse(FORM);
  const [, user = "", password] = /^([^:]*)(?::(.*))?$/s.exec(who) ?? [];
  const params = new URLSearchParams(query);
  const said = (key: string, otherwise = "") => params.get(key) || decoded(otherwise) || undefined;
  refuseOtherTarget(said("target_session_attrs"));
  return {
    places: placesIn(servers, params),
    user: said("user", user),
    password: said("password", password),
    database: said("dbname", name),
    options: said("options"),
    tls: tlsIn(params),
  };
}

function placesIn(servers: string, params: URLSearchParams): [Place, ...Place[]] {
  const named = servers.split(",").map((server) => SERVER.exec(server)?.groups ?? refuse(FORM));
  const hosts =
    listIn(params.get("host")) ?? named.map(({ host = "" }) => decoded(host.replace(/^\[|\]$/g, "")));
  const ports = listIn(params.get("port")) ?? named.map(({ port = "" }) => port);
  if (ports.length !== 1 && ports.length !== hosts.length)
    refuse("DATABASE_URL must name one port for all of its hosts, or a port for each.");
  const [first, ...more] = hosts.map((host, n) => {
    const port = ports[ports.length === 1 ? 0 : n];
    if (port && !(Number(port) >= 1 && Number(port) <= 65_535)) refuse(FORM);
    return { host: host || undefined, port: port ? Number(port) : undefined };
  });
  return first ? [first, ...more] : refuse(FORM);
}

function listIn(text: string | null) {
  return text ? text.split(",") : null;
}

/** Cadenza writes, so of several servers it always takes the one that takes writes. */
function refuseOtherTarget(target: string | undefined) {
  if (target !== undefined && !["any", "read-write", "primary"].includes(target))
    refuse(
      `target_session_attrs in DATABASE_URL must be read-write, because Cadenza writes to its database. It is "${target}".`,
    );
}

function tlsIn(params: URLSearchParams): Tls | null {
  const mode = modeIn(params);
  const root = params.get("sslrootcert");
  if (mode === undefined) return root || params.get("sslcert") ? tlsOf("prefer", params) : null;
  if (mode === "verify-ca" && !root)
    refuse("sslmode=verify-ca in DATABASE_URL needs sslrootcert, the file of the root certificate.");
  return tlsOf(mode, params);
}

function modeIn(params: URLSearchParams) {
  const said =
    params.get("sslmode") ??
    { true: "verify-full", "1": "verify-full", false: "disable", "0": "disable" }[params.get("ssl") ?? ""];
  if (!said) return undefined;
  if (said === "no-verify") return "require"; // the driver's own word
  return (
    MODES.find((mode) => mode === said) ??
    refuse(`sslmode in DATABASE_URL must be one of ${MODES.join(", ")}, not "${said}".`)
  );
}

function tlsOf(mode: Tls["mode"], params: URLSearchParams): Tls {
  const [root, cert, key] = ["sslrootcert", "sslcert", "sslkey"].map((name) => params.get(name));
  return {
    mode,
    ...(root && { ca: root === "system" ? getCACertificates("system") : fileAt(root, "sslrootcert") }),
    ...(cert && { cert: fileAt(cert, "sslcert") }),
    ...(key && { key: fileAt(key, "sslkey") }),
  };
}

function fileAt(path: string, name: string) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(`The file ${path}, which ${name} in DATABASE_URL names, cannot be read: ${code}.`);
  }
}

function decoded(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse(FORM);
  }
}

function refuse(sentence: string): never {
  throw new BadDatabaseUrl(sentence);
}
