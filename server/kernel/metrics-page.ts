// docs/operate/metrics.md, from the table.

import { METRICS, type Metric, MOST_SERIES } from "./metrics.ts";

const SOURCES = {
  database: "the database",
  process: "each process",
  node: "each process (Node.js)",
} as const satisfies Record<Metric["of"], string>;

export function metricsPage() {
  const rows = Object.entries<Metric>(METRICS).map(([name, { type, help, labels = [], of }]) => {
    const named = labels.map((label) => `\`${label}\``).join(", ");
    return `| \`${name}\` | ${type} | ${named} | ${SOURCES[of]} | ${help} |`;
  });
  return [
    "# Metrics",
    "",
    "Prometheus metrics at `/metrics` on the port `CADENZA_METRICS_PORT`. This page is generated from `server/kernel/metrics.ts`.",
    "",
    `A figure of the database is the same in every process: use \`max\`, not \`sum\`. For teams and mailboxes, the ${MOST_SERIES} largest have a series of their own, by their ids. The rest are added up as \`other\`. For ages, \`other\` has the highest.`,
    "",
    "While the database does not answer, `cadenza_database_up` is 0 and its figures are missing.",
    "",
    "| metric | type | labels | measured by | what it is |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
