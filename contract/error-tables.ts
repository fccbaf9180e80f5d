// The tables of the docs that list every code of a refusal, by status.

import { refusals } from "./errors.ts";
import type { RefusalEntry } from "./refusals/entry.ts";

const TITLES: Record<number, string> = {
  400: "Not readable",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  409: "Still running",
  410: "Gone",
  412: "Changed meanwhile",
  413: "Too large",
  422: "Understood, but refused",
  429: "Too many calls",
};

export function errorTables(): string[] {
  const byStatus = Map.groupBy(
    Object.entries(refusals as Record<string, RefusalEntry>),
    ([, { status }]) => status,
  );
  const statuses = [...byStatus.keys()].sort((a, b) => a - b);
  return statuses.flatMap((status, at) => [
    ...(at > 0 ? [""] : []),
    `### ${status}: ${titleOf(status)}`,
    "",
    "| code | sentence | `fix` |",
    "|---|---|---|",
    ...(byStatus.get(status) ?? []).map(
      ([code, { says, fix = "" }]) => `| \`${code}\` | ${inCell(says)} | ${inCell(fix)} |`,
    ),
  ]);
}

function titleOf(status: number) {
  return TITLES[status] ?? (status >= 500 ? "Fault of the server" : "Other");
}

/** A bar would end the cell. */
function inCell(text: string) {
  return text.replaceAll("|", "\\|");
}
