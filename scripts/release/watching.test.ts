// The dashboard and the alert rules name metrics that exist, and each alert has a section in the docs. `promtool` checks the rest.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { CHECKS } from "../../server/domain/insight/installation-checks.ts";
import { METRICS, type Metric } from "../../server/kernel/metrics.ts";
import { ROOT } from "../packages.mjs";

type Rule = { alert: string; expr: string; annotations: { summary: string; runbook: string } };
type Panel = { title: string; targets?: { expr: string }[] };

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const rules = (
  parse(read("deploy/prometheus/alerts.yaml")) as { groups: { rules: Rule[] }[] }
).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read("deploy/grafana/cadenza.json")) as { panels: Panel[] };
const queries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => ({ where: title, expr })),
);

const known = METRICS as Record<string, Metric>;

/** Why a query names a metric or a label that is not there. */
function faultsIn(expr: string): string[] {
  return [...expr.matchAll(/\b((?:cadenza|nodejs|process)_\w+)(?:\{([^}]*)\})?/g)].flatMap(
    ([, name = "", filter]) => {
      const base = name.replace(/_(?:bucket|sum|count)$/, "");
      const metric = known[name] ?? known[base];
      if (!metric) return [`there is no metric ${name}`];
      if ((metric.type === "histogram") !== (name !== base && !known[name]))
        return [`${name} is a ${metric.type}`];
      const labels = [...(filter ?? "").matchAll(/(\w+)\s*(?:=|!)/g)].map(([, label = ""]) => label);
      const allowed = [...(metric.labels ?? []), "instance", "job", "le"];
      return labels
        .filter((label) => !allowed.includes(label))
        .map((label) => `${name} has no label ${label}`);
    },
  );
}

test("every metric and label of the dashboard and of the alert rules is in the table", () => {
  assert.ok(queries.length > 30 && rules.length > 10);
  const asked = [...queries, ...rules.map(({ alert, expr }) => ({ where: alert, expr }))];
  assert.deepEqual(
    asked.flatMap(({ where, expr }) => faultsIn(expr).map((fault) => `${where}: ${fault}`)),
    [],
  );
});

test("a figure of the database is never added up over processes", () => {
  const ofDatabase = Object.keys(METRICS).filter((name) => known[name]?.of === "database");
  for (const { expr } of [...queries, ...rules])
    for (const name of ofDatabase)
      if (new RegExp(`\\b${name}\\b`).test(expr))
        assert.match(expr, new RegExp(`(?:max(?: by \\([\\w, ]+\\))? ?)\\(${name}\\b`), expr);
});

test("every metric of ours is on the dashboard", () => {
  const all = queries.map(({ expr }) => expr).join("\n");
  const missing = Object.keys(METRICS).filter(
    (name) => name.startsWith("cadenza_") && !new RegExp(`\\b${name}(?:_bucket|_sum|_count)?\\b`).test(all),
  );
  assert.deepEqual(missing, []);
});

test("every alert has a section in the docs, and no section is without an alert", () => {
  const sections = [...read("docs/operate/alerts.md").matchAll(/^## (\w+)\n\n\S/gm)].map(
    ([, name = ""]) => name,
  );
  assert.deepEqual(sections.sort(), rules.map(({ alert }) => alert).sort());
  for (const { alert, annotations } of rules)
    assert.equal(annotations.runbook, `docs/operate/alerts.md#${alert.toLowerCase()}`);
});

/** Alerts that no check of the installation says in words, and where else they are said. */
const SAID_ELSEWHERE: Record<string, string> = {
  CadenzaDatabaseDown: "database, of the doctor; the app says that it cannot reach the server",
  CadenzaNoMetrics: "about Prometheus itself",
  CadenzaSendingPaused: "sending, of the doctor; a banner on every page",
  CadenzaManyRefused: "a rate over time; the brakes stop such a mailbox and say so",
  CadenzaNoBackup: "backups, of the doctor and on the page",
  CadenzaNoBackupCopy: "backups, of the doctor and on the page",
  CadenzaWalArchiveBehind: "WAL archive, of the doctor and on the page",
  CadenzaConnectionsBusy: "of one process, over two minutes",
  CadenzaRequestsFail: "a rate over time",
  CadenzaEventLoopSlow: "of one process, over time",
};

test("each alert is a check of the doctor and of the page Installation, with the same limit, or is said elsewhere", () => {
  const checked = Object.values(CHECKS).map(({ alert }) => alert);
  assert.deepEqual(
    rules.map(({ alert }) => alert).sort(),
    [...checked, ...Object.keys(SAID_ELSEWHERE)].sort(),
  );
  for (const { alert, limit } of Object.values(CHECKS)) {
    const expr = rules.find((rule) => rule.alert === alert)?.expr ?? "";
    assert.match(expr, new RegExp(`(?:>|==) ${limit}(?!\\d)`), alert);
  }
});

test("a metric that was renamed, a label that is not there and a histogram without its bucket are found", () => {
  for (const expr of [
    "cadenza_gone_total",
    'cadenza_emails_sent_total{outcome="x"}',
    "cadenza_gate_duration_seconds",
    "cadenza_queue_emails_bucket",
  ])
    assert.equal(faultsIn(expr).length, 1, expr);
});
