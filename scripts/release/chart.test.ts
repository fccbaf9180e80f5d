// The Helm chart agrees with the settings, the image and the routes: rendered here for both kinds of installation, never installed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../packages.mjs";
import { type Container, configOf, KINDS, mainOf, PODS } from "./chart-pods.ts";
import { probeRoutes, theOnly } from "./read-deploy.ts";
import { readChart, renderChart, templates } from "./render-chart.ts";

test("the chart is the product's version, and each of its values is used", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const chart = readChart("Chart.yaml");
  assert.deepEqual([chart.version, chart.appVersion], [version, version]);
  const used = new Set(templates().flatMap(({ text }) => text.match(/\.Values(?:\.\w+)+/g) ?? []));
  const unused = pathsOf(readChart("values.yaml")).filter(
    (path) => ![...used].some((one) => path === one || path.startsWith(`${one}.`)),
  );
  assert.deepEqual(unused, []);
  for (const { objects } of KINDS)
    for (const { apiVersion, kind, metadata } of objects)
      assert.ok(apiVersion && kind && metadata.name.startsWith("example"));
});

function pathsOf(values: unknown, path = ".Values"): string[] {
  if (typeof values !== "object" || values === null || Array.isArray(values)) return [path];
  return Object.entries(values).flatMap(([name, value]) => pathsOf(value, `${path}.${name}`));
}

test("each kind has its pods, and Cadenza accepts their settings", () => {
  const roles = PODS.map((one) => `${one.kind} ${one.owner.kind} ${configOf(one).role}`);
  assert.deepEqual(roles.sort(), [
    "embedded StatefulSet all",
    "outside Deployment api",
    "outside StatefulSet engine",
  ]);
  for (const one of PODS) {
    const config = configOf(one);
    assert.equal(config.databaseUrl !== null, one.kind === "outside");
    assert.equal(config.publicUrl, "https://cadenza.example.com");
    const mounts = mainOf(one.pod).volumeMounts;
    for (const path of [config.dataDir, "/tmp"])
      assert.ok(
        mounts.some(({ mountPath }) => mountPath === path),
        path,
      );
    const volumes = [
      ...(one.pod.volumes ?? []),
      ...(one.owner.spec.volumeClaimTemplates ?? []).map(({ metadata }: { metadata: object }) => metadata),
    ];
    for (const { name } of mounts)
      assert.ok(
        volumes.some((volume) => volume.name === name),
        name,
      );
    // What must outlive a pod: all data, and what an engine remembers of sending.
    assert.equal(one.owner.spec.volumeClaimTemplates?.length ?? 0, config.role === "api" ? 0 : 1);
  }
});

test("the probes ask routes that there are, at the port where the role answers", () => {
  for (const one of PODS) {
    const config = configOf(one);
    const { ports = [], startupProbe, livenessProbe, readinessProbe } = mainOf(one.pod);
    assert.equal(config.metrics?.host, "0.0.0.0"); // not loopback: the cluster asks from outside the pod
    const answers = config.role === "engine" ? config.metrics?.port : config.port;
    for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
      assert.ok(probeRoutes().includes(httpGet.path), httpGet.path);
      assert.equal(ports.find(({ name }) => name === httpGet.port)?.containerPort, answers);
    }
    assert.deepEqual(
      [livenessProbe.httpGet.path, readinessProbe.httpGet.path],
      ["/health/live", "/health/ready"],
    );
    assert.ok(startupProbe.periodSeconds * startupProbe.failureThreshold * 1000 > config.databaseWaitMs);
  }
});

test("no pod is root, gains rights, writes outside its volumes, or is given variables that Cadenza does not know", () => {
  const [uid] = theOnly("USER").split(":").map(Number);
  for (const { pod } of PODS) {
    const { runAsNonRoot, runAsUser, fsGroup, fsGroupChangePolicy } = pod.securityContext;
    assert.deepEqual(
      [runAsNonRoot, runAsUser, fsGroup, fsGroupChangePolicy],
      [true, uid, uid, "OnRootMismatch"],
    );
    assert.deepEqual([pod.enableServiceLinks, pod.automountServiceAccountToken], [false, false]);
    assert.equal(pod.terminationGracePeriodSeconds, 60);
    for (const container of [...(pod.initContainers ?? []), ...pod.containers] as Container[]) {
      const closed = {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      };
      assert.deepEqual(container.securityContext, closed);
      assert.match(container.image, /^cadenza:\d+\.\d+\.\d+$/);
      assert.ok(container.resources.requests && container.resources.limits, container.name);
    }
  }
});

test("the key of a secret is copied to where Cadenza reads it, and readable by its user alone", () => {
  for (const one of PODS.filter(({ kind }) => kind === "outside")) {
    const [copy] = one.pod.initContainers as Container[];
    assert.deepEqual(copy?.command, ["install", "--mode=600", "/secret/cadenza.key", configOf(one).keyFile]);
    assert.deepEqual(
      copy?.volumeMounts.map(({ mountPath }) => mountPath),
      ["/secret", "/run/cadenza"],
    );
    // A key that is changed in one pod would be unknown to the others.
    assert.equal(mainOf(one.pod).volumeMounts.find(({ name }) => name === "key")?.readOnly, true);
    const [volume] = one.pod.volumes.filter(({ name }: { name: string }) => name === "secret");
    assert.deepEqual(volume.secret, {
      secretName: "example",
      items: [{ key: "cadenza.key", path: "cadenza.key" }],
    });
  }
});

test("services lead to pods and their ports, and the ingress to a service", () => {
  for (const { objects, kind } of KINDS) {
    const services = objects.filter((one) => one.kind === "Service");
    for (const { spec, metadata } of services) {
      const chosen = PODS.filter((one) => one.kind === kind && isPart(spec.selector, one.labels));
      assert.equal(chosen.length, 1, metadata.name);
      const open = mainOf(chosen[0]!.pod).ports?.map(({ containerPort }) => containerPort);
      for (const { targetPort } of spec.ports) assert.ok(open?.includes(targetPort), metadata.name);
    }
    const { spec } = objects.find((one) => one.kind === "Ingress");
    const { name, port } = spec.rules[0].http.paths[0].backend.service;
    const target = services.find((one) => one.metadata.name === name);
    assert.ok(target.spec.ports.some((one: { name: string }) => one.name === port.name));
    assert.equal(`https://${spec.rules[0].host}`, readChart("values.yaml").publicUrl);
  }
  for (const { owner, labels } of PODS) assert.ok(isPart(owner.spec.selector.matchLabels, labels));
});

const isPart = (some: Record<string, string>, all: Record<string, string>) =>
  Object.entries(some).every(([name, value]) => all[name] === value);

test("what an outside database needs is asked for, and a secret of one's own replaces it", () => {
  assert.throws(() => renderChart({ "database.embedded": false }), /Set secret\.databaseUrl/);
  assert.throws(
    () => renderChart({ "database.embedded": false, "secret.databaseUrl": "postgres://db/c" }),
    /encryptionKey/,
  );
  const { objects, notes } = renderChart({ "database.embedded": false, "secret.existing": "mine" });
  assert.ok(!objects.some(({ kind }) => kind === "Secret"));
  assert.equal(JSON.stringify(objects).match(/"(?:secretName|name)":"mine"/g)?.length, 6);
  assert.match(notes, /logs deployment\/example-api/);
});

test("the ingress lets through what the page about proxies does", () => {
  const page = readFileSync(join(ROOT, "docs/operate/proxy.md"), "utf8");
  const annotations: Record<string, string> = readChart("values.yaml").ingress.annotations;
  const given = (name: string) => annotations[`nginx.ingress.kubernetes.io/${name}`];
  assert.ok(page.includes(`client_max_body_size ${given("proxy-body-size")};`));
  assert.ok(page.includes(`proxy_request_buffering ${given("proxy-request-buffering")};`));
  assert.ok(page.includes(`proxy_read_timeout ${given("proxy-read-timeout")}s;`));
});
