// The files of deploy/ for tests: the Dockerfile as instructions, and compose files as the services that they start.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { parse } from "yaml";
import type { App } from "../../server/app.ts";
import { mountProbes, type ProbeSources } from "../../server/http/probes.ts";
import { partOf } from "../../server/testing/unchecked.ts";
import { ROOT } from "../packages.mjs";

export const readDeployed = (file: string) => readFileSync(join(ROOT, "deploy", file), "utf8");

type Instruction = { verb: string; rest: string };

export type Service = {
  name: string;
  image: string;
  user?: string;
  environment: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  tmpfs?: string[];
  depends_on?: Record<string, { condition: string }>;
  networks?: string[] | Record<string, { ipv4_address?: string }>;
  logging?: { options: Record<string, string> };
  build?: unknown;
  healthcheck?: unknown;
  stop_grace_period?: string;
  read_only?: boolean;
  privileged?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
};

/** Lines that are continued are one, and comments are left out. */
export function instructions(): Instruction[] {
  const text = readDeployed("Dockerfile")
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "");
  return text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => {
      const [verb = "", ...rest] = line.split(" ");
      return { verb, rest: rest.join(" ") };
    });
}

/** Of the last stage, which is the image. */
export function imageInstructions() {
  const all = instructions();
  return all.slice(all.findLastIndex(({ verb }) => verb === "FROM"));
}

export function theOnly(verb: string): string {
  const found = imageInstructions().filter((one) => one.verb === verb);
  if (found.length !== 1) throw new Error(`${found.length} times ${verb}`);
  return found[0]?.rest ?? "";
}

/** The image's own environment. */
export function imageEnvironment(): Record<string, string> {
  return Object.fromEntries(
    theOnly("ENV")
      .split(/\s+/)
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}

/** The health routes that a server has. */
export function probeRoutes(): string[] {
  const routes: string[] = [];
  const server = partOf<FastifyInstance>({ get: (path: string) => void routes.push(path) });
  mountProbes(server, partOf<App>({}), partOf<ProbeSources>({}));
  return routes;
}

/** With `given` in place of ${…}; what is given nowhere takes what the file says. */
export function readCompose(files: readonly string[], given: Record<string, string> = {}) {
  const parsed = files.map((file) => parse(filledIn(readDeployed(file), given), { merge: true }));
  const services = new Map<string, Service>();
  for (const [name, service] of parsed.flatMap((file) => Object.entries<Service>(file.services))) {
    const known = services.get(name);
    const environment = { ...known?.environment, ...service.environment };
    services.set(name, { ...known, ...service, name, environment });
  }
  return {
    services: [...services.values()],
    networks: Object.assign({}, ...parsed.map(({ networks }) => networks)),
    volumes: Object.assign({}, ...parsed.map(({ volumes }) => volumes)),
  };
}

function filledIn(text: string, given: Record<string, string>) {
  return text.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, sign: string, words: string) => {
    const value = given[name] ?? (sign === "-" ? words : null);
    if (value === null) throw new Error(`${name} is not given`);
    return value;
  });
}
