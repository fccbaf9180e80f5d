// The pods of the Helm chart for both kinds of installation, with the settings that each of them gets.

import assert from "node:assert/strict";
import { readConfig } from "../../server/config.ts";
import { settings } from "../../server/kernel/settings.ts";
import { imageEnvironment } from "./read-deploy.ts";
import { renderChart } from "./render-chart.ts";

type Probe = { httpGet: { path: string; port: string }; periodSeconds: number; failureThreshold: number };
export type Container = {
  name: string;
  image: string;
  command?: string[];
  env?: {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: { name: string; key: string; optional?: boolean } };
  }[];
  ports?: { name: string; containerPort: number }[];
  securityContext: unknown;
  resources: { requests: object; limits: object };
  startupProbe: Probe;
  livenessProbe: Probe;
  readinessProbe: Probe;
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
};

const SECRETS = {
  "secret.databaseUrl": "postgres://u:p@db:5432/cadenza",
  "secret.encryptionKey": "0123abcd:a2V5",
};
export const KINDS = [
  { kind: "embedded", ...renderChart({ "ingress.enabled": true }) },
  { kind: "outside", ...renderChart({ "database.embedded": false, "ingress.enabled": true, ...SECRETS }) },
];
export const PODS = KINDS.flatMap(({ kind, objects }) =>
  objects
    .filter((one) => ["StatefulSet", "Deployment"].includes(one.kind))
    .map((one) => ({
      kind,
      objects,
      owner: one,
      pod: one.spec.template.spec,
      labels: one.spec.template.metadata.labels,
    })),
);
export const mainOf = (pod: { containers: Container[] }) => pod.containers[0]!;

/** As the pod gets it: values, and what its secret has. */
export function configOf({ objects, pod }: (typeof PODS)[number]) {
  const secret = objects.find(({ kind }) => kind === "Secret");
  const given = (mainOf(pod).env ?? []).map(({ name, value, valueFrom }) => {
    if (!valueFrom) return [name, value];
    const { name: from, key, optional } = valueFrom.secretKeyRef;
    assert.equal(from, secret.metadata.name);
    assert.ok(optional || key in secret.stringData, key);
    return [name, secret.stringData[key]];
  });
  for (const [name] of given) assert.ok(name! in settings, name);
  assert.equal(new Set(given.map(([name]) => name)).size, given.length);
  return readConfig({ ...imageEnvironment(), ...Object.fromEntries(given) }, []);
}
