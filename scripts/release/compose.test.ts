// The compose files agree with the settings, the image and each other. Each way to combine them is read, and nothing is started.

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { BlockList } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { readConfig } from "../../server/config.ts";
import { MOST_BYTES } from "../../server/http/uploads.ts";
import { settings } from "../../server/kernel/settings.ts";
import { ROOT } from "../packages.mjs";
import {
  imageEnvironment,
  instructions,
  readCompose,
  readDeployed,
  type Service,
  theOnly,
} from "./read-deploy.ts";

const VERSION: string = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version;
const GIVEN = { POSTGRES_PASSWORD: "aSecret1", CADENZA_PUBLIC_URL: "https://cadenza.example.com" };
const SHAPES = [
  ["compose.yaml"],
  ["compose.postgres.yaml"],
  ["compose.yaml", "compose.caddy.yaml"],
  ["compose.postgres.yaml", "compose.caddy.yaml"],
].map((files) => ({ files: files.join(" and "), ...readCompose(files, GIVEN) }));
const SERVICES = SHAPES.flatMap(({ files, services }) => services.map((service) => ({ ...service, files })));
const isCadenza = ({ image }: Service) => image.startsWith("cadenza:");
const configOf = ({ environment }: Service) => readConfig({ ...imageEnvironment(), ...environment }, []);

test("Cadenza accepts the settings of each service, and keeps its data in the volume", () => {
  for (const service of SERVICES.filter(isCadenza)) {
    const { files, name, volumes, ports } = service;
    for (const one of Object.keys(service.environment)) assert.ok(one in settings, `${files}: ${one}`);
    const config = configOf(service);
    const isOutside = files.includes("postgres");
    assert.equal(config.role, name === "engine" ? "engine" : isOutside ? "api" : "all", files);
    assert.equal(config.databaseUrl !== null, isOutside, files);
    assert.equal(config.publicUrl, GIVEN.CADENZA_PUBLIC_URL, files);
    assert.deepEqual(volumes, [`data:${config.dataDir}`], files); // the same one for API and engine: it has the key
    const open = `127.0.0.1:${config.port}:${config.port}`;
    assert.deepEqual(ports, config.role === "engine" ? undefined : [open], files);
    assert.equal(config.metrics !== null, config.role === "engine", files); // where the health check asks
  }
});

test("no service is root, gains rights, writes outside its volumes, fills the disk with logs, or is of no fixed version", () => {
  for (const { files, name, image, volumes = [], tmpfs = [], ...service } of SERVICES) {
    const what = `${name} of ${files}`;
    assert.match(service.user ?? "", /^[1-9]\d*:[1-9]\d*$/, what);
    assert.deepEqual(service.security_opt, ["no-new-privileges:true"], what);
    assert.deepEqual(
      [service.cap_drop, service.read_only, service.privileged],
      [["ALL"], true, undefined],
      what,
    );
    assert.ok(tmpfs.includes("/tmp"), what);
    assert.ok(service.logging?.options["max-size"], what);
    assert.ok(isFixed(image), `${what}: ${image}`);
    assert.ok(volumes.length > 0, what);
  }
  const bases = instructions().filter(({ verb, rest }) => verb === "FROM" && !rest.startsWith("archive-"));
  for (const { rest } of bases) assert.ok(isFixed(rest.split(" ")[0] ?? ""), rest);
});

const isFixed = (image: string) => /^[\w./-]+:\d[\w.-]*$/.test(image);

test("each service of Cadenza is the image, by its user and in this version", () => {
  for (const service of SERVICES.filter(isCadenza)) {
    assert.equal(service.user, theOnly("USER"));
    assert.equal(service.image, `cadenza:${VERSION}`);
    const build = { context: "..", dockerfile: "deploy/Dockerfile", args: { VERSION } };
    assert.deepEqual(service.build, build);
    assert.equal(service.stop_grace_period, "60s"); // as long as systemd gives it
  }
  assert.match(
    readFileSync(join(ROOT, "scripts/release/debian/cadenza.service"), "utf8"),
    /^TimeoutStopSec=60$/m,
  );
  for (const file of ["Dockerfile", "helm/cadenza/Chart.yaml"])
    assert.ok(readDeployed(file).includes(VERSION), file);
});

test("each service waits until what it needs is healthy, and volumes and networks are declared", () => {
  for (const { files, services, volumes, networks } of SHAPES) {
    for (const { name, depends_on = {}, ...service } of services) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        const other = services.find((one) => one.name === needed) ?? assert.fail(`${files}: ${needed}`);
        assert.equal(condition, "service_healthy");
        assert.ok(isCadenza(other) || other.healthcheck, `${needed} has no health check`);
      }
      for (const volume of service.volumes ?? []) {
        const [source = ""] = volume.split(":");
        assert.ok(
          source.startsWith("./") ? readDeployed(source) : source in volumes,
          `${files}: ${name} ${source}`,
        );
      }
      const on = Array.isArray(service.networks) ? service.networks : Object.keys(service.networks ?? {});
      for (const network of on)
        assert.ok(network === "default" || network in networks, `${files}: ${network}`);
    }
  }
  const dependencies = SERVICES.flatMap(({ name, depends_on = {} }) =>
    Object.keys(depends_on).map((to) => `${name} ${to}`),
  );
  assert.deepEqual([...new Set(dependencies)].sort(), [
    "caddy cadenza",
    "cadenza postgres",
    "engine cadenza",
  ]);
});

test("a password and a public address that are missing are asked for", () => {
  assert.throws(() => readCompose(["compose.postgres.yaml"]), /POSTGRES_PASSWORD/);
  assert.throws(() => readCompose(["compose.caddy.yaml"]), /CADENZA_PUBLIC_URL/);
  assert.equal(configOf(readCompose(["compose.yaml"]).services[0]!).publicUrl, "http://localhost:3000");
});

test("Caddy is the proxy that Cadenza trusts, leads to it, and lets an import through", () => {
  const caddyfile = readDeployed("Caddyfile");
  for (const { files, services, networks } of SHAPES.filter(({ files }) => files.includes("caddy"))) {
    const [cadenza, caddy] = ["cadenza", "caddy"].map((name) => services.find((one) => one.name === name)!);
    const on = Array.isArray(caddy!.networks) ? {} : caddy!.networks;
    const address = on?.front?.ipv4_address ?? assert.fail(`${files}: Caddy has no fixed address`);
    assert.deepEqual(configOf(cadenza!).trustedProxies, [address], files);
    const [{ subnet, ip_range }] = networks.front.ipam.config;
    assert.ok(
      contains(subnet, address) && !contains(ip_range, address),
      `${address} could be another container's`,
    );
    assert.ok(caddyfile.includes(`reverse_proxy cadenza:${configOf(cadenza!).port}\n`));
    const [, http] = /http_port (\d+)/.exec(caddyfile) ?? [];
    const [, https] = /https_port (\d+)/.exec(caddyfile) ?? [];
    assert.deepEqual(caddy!.ports, [`80:${http}`, `443:${https}`]);
    assert.equal(caddy!.environment.CADENZA_PUBLIC_URL, cadenza!.environment.CADENZA_PUBLIC_URL);
    assert.ok(caddyfile.includes("{$CADENZA_PUBLIC_URL} {"));
  }
  for (const text of [caddyfile, readFileSync(join(ROOT, "docs/operate/proxy.md"), "utf8")]) {
    const [, most] = /max_size (\d+)MiB/.exec(text) ?? [];
    assert.ok(Number(most) * 2 ** 20 > MOST_BYTES, String(most));
  }
});

function contains(subnet: string, address: string) {
  const [net = "", bits] = subnet.split("/");
  const list = new BlockList();
  list.addSubnet(net, Number(bits), "ipv4");
  return list.check(address, "ipv4");
}

test("each file of deploy/ is named on the page about containers", () => {
  const page = readFileSync(join(ROOT, "docs/operate/containers.md"), "utf8");
  for (const file of globSync("*", { cwd: join(ROOT, "deploy") }).filter((name) => name !== "health.mjs"))
    assert.ok(page.includes(file), file);
});
