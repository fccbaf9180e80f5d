// A plan as text: what would change in each record, and for whom. The same text for a terminal and for a comment on a pull request.

import type { Output } from "@cadenza/sdk";
import { clean } from "./table.ts";

export type Plan = Output<"sequences", "importFiles">;
type Planned = Plan["plan"][number];
type Change = Planned["changes"][number];

const SIGNS = { create: "+", update: "~", held: "!", unchanged: " " } as const;
const MOST_LINES = 12;
const LONGEST_LINE = 160;

/** `isDone` tells whether it has happened, or is only planned. */
export function planText({ plan, findings }: Plan, isDone: boolean): string {
  const changed = plan.filter(({ verdict }) => verdict !== "unchanged");
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const lines = [
    ...changed.flatMap((record) => [...recordLines(record, isDone), ""]),
    summary(plan, isDone),
    ...(findings.length > 0
      ? [`Findings: ${errors} errors, ${findings.length - errors} warnings. See: cadenza lint`]
      : []),
  ];
  return lines.join("\n");
}

function recordLines(record: Planned, isDone: boolean) {
  const { verdict, kind, key, path, changes, drift } = record;
  const lines = [`${SIGNS[verdict]} ${kind} ${clean(key)} (${clean(path)}): ${verdictWords(record, isDone)}`];
  if (drift.length > 0)
    lines.push("    Edited in the app:", ...drift.flatMap((change) => changeLines(change, 6)));
  if (verdict === "held") lines.push("    The files would change:");
  lines.push(...changes.flatMap((change) => changeLines(change, verdict === "held" ? 6 : 4)));
  return [...lines, ...contactLines(record, isDone)];
}

function verdictWords({ verdict, held_because, changes }: Planned, isDone: boolean) {
  if (verdict === "create") return isDone ? "created" : "will be created";
  if (verdict === "held" && held_because === "edited_in_app")
    return "left alone, because it was edited in the app since the last apply";
  if (verdict === "held")
    return "left alone, because a record of this key or name exists that no file has written";
  const count = changes.length === 1 ? "1 change" : `${changes.length} changes`;
  return isDone ? `updated, ${count}` : `will be updated, ${count}`;
}

function changeLines({ where, what, before, after }: Change, indent: number) {
  const margin = " ".repeat(indent);
  const title = where ? `${where}: ${what}` : what;
  return [
    `${margin}${clean(title)}`,
    ...textLines(before).map((line) => `${margin}  - ${line}`),
    ...textLines(after).map((line) => `${margin}  + ${line}`),
  ];
}

function textLines(text: string | null) {
  if (text === null) return [];
  const lines = text.split("\n").map((line) => {
    const safe = clean(line);
    return safe.length > LONGEST_LINE ? `${safe.slice(0, LONGEST_LINE)}…` : safe;
  });
  const rest = lines.length - MOST_LINES;
  return rest > 0 ? [...lines.slice(0, MOST_LINES), `(${rest} more lines)`] : lines;
}

function contactLines({ contacts, verdict }: Planned, isDone: boolean) {
  if (!contacts || verdict !== "update" || contacts.in_sequence === 0) return [];
  const { keep_version, move, by_step } = contacts;
  const steps = by_step.map(({ step, contacts }) => `${contacts} at step ${step}`).join(", ");
  const [keeps, moves] = isDone ? ["kept", "got"] : ["keep", "get"];
  if (keep_version > 0) return [`    ${people(keep_version)} ${keeps} the steps as they were (${steps}).`];
  if (move > 0) return [`    ${people(move)} ${moves} the new steps (${steps}).`];
  return [`    ${people(contacts.in_sequence)} in the sequence ${isDone ? "were" : "are"} not affected.`];
}

function people(count: number) {
  return count === 1 ? "1 contact" : `${count} contacts`;
}

function summary(plan: readonly Planned[], isDone: boolean) {
  const count = (verdict: Planned["verdict"]) => plan.filter((one) => one.verdict === verdict).length;
  const [created, updated] = isDone ? ["created", "updated"] : ["to create", "to update"];
  return `${count("create")} ${created}, ${count("update")} ${updated}, ${count("held")} left alone, ${count("unchanged")} unchanged.`;
}
