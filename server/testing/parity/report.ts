// The page docs/apollo/parity.md.

import { type Gap, type Judged, totalsOf, whyUnanswered } from "./totals.ts";

export function parityPage(all: readonly Judged[]): string {
  const totals = totalsOf(all);
  const { operations, parameters, fields } = totals;
  const sum = (count: (one: Judged) => number) => all.reduce((total, one) => total + count(one), 0);
  const missing = fields.all - fields.answered;
  return `# Parity with Apollo's published API

Cadenza answers ${operations.answered === operations.all ? "every call" : `${operations.answered} of ${operations.all} calls`} that Apollo publishes. Of ${counted(parameters.all)} parameters, ${counted(parameters.answered)} work and ${parameters.refused} are refused with a reason.
Of ${counted(fields.all)} answer fields, ${counted(fields.answered)} are there and ${missing} are missing.

| published by Apollo | in Cadenza | of | share |
|---|---:|---:|---:|
${line("calls that are answered", operations)}
${line("parameters that work", parameters)}
${line("parameters that are refused with a reason", { answered: parameters.refused, all: parameters.all })}
${line("answer fields that are there", fields)}
${line("of them: with a value in the test run", { answered: sum((one) => one.fields.filled), all: fields.all })}
${line("of them: empty, [with a reason](#why-a-field-is-empty)", { answered: sum((one) => one.fields.empty), all: fields.all })}

What Apollo has and Cadenza does not is listed under [Not supported](compat.md#not-supported).

## Refused parameters

A call with one of these parameters is refused with 422 and the reason, and changes nothing. If Cadenza ignored them, the caller would believe that
they had an effect.

${refusedAltogether(all)}

## Missing fields

${missingOf(all)}

## Each call

| call | parameters | with effect | fields | filled | empty, with a reason | missing |
|---|---:|---:|---:|---:|---:|---:|
${all.map(row).join("\n")}

## Why a field is empty

${whyEmpty(all)}

## How it is measured

\`npm run parity\` writes this page: it starts a server, fills a team, and calls every operation that Apollo publishes, with every published
parameter. \`npm test\` fails when the page is not what a run finds.

- A parameter works if the answer is another without it (${sum((one) => one.parameters.effective)}), or if a wrong value of it is refused with a sentence (${sum((one) => one.parameters.checked)}). Calls that write
  are tried as dry runs.
- A field is there if an answer of the run had a value in it, of the published kind, or if it was empty for a reason listed above. A field inside
  something empty does not count.
`;
}

function refusedAltogether(all: readonly Judged[]) {
  const lines = all.flatMap(({ name, parameters: { refused } }) =>
    refused.length > 0 ? `- \`${name}\`: ${refused.map((path) => `\`${path}\``).join(", ")}` : [],
  );
  return lines.join("\n") || "None.";
}

function line(what: string, { answered, all }: { answered: number; all: number }) {
  return `| ${what} | ${counted(answered)} | ${counted(all)} | ${percent(answered, all)} |`;
}

const counted = (count: number) => count.toLocaleString("en-US");

/** Never rounded up: 99.96 is not 100. */
export function percent(part: number, whole: number) {
  return `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

function row({ name, isAnswered, parameters, fields }: Judged) {
  if (!isAnswered) return `| \`${name}\` | ${parameters.all} | | ${fields.all} | | | not answered |`;
  const gaps = parameters.gaps.length + fields.gaps.length;
  return `| \`${name}\` | ${parameters.all} | ${parameters.effective} | ${fields.all} | ${fields.filled} | ${fields.empty} | ${gaps || ""} |`;
}

/** The same fields that are missing in several calls are named once. */
function missingOf(all: readonly Judged[]) {
  const unanswered = all.flatMap(({ name, isAnswered }) =>
    isAnswered ? [] : `- \`${name}\`: ${whyUnanswered(name)}.`,
  );
  const places = all
    .filter(({ isAnswered }) => isAnswered)
    .flatMap(({ name, parameters, fields }) => [
      ...groupedByPlace(parameters.gaps).map((group) => ({ what: `parameters ${group}`, name })),
      ...groupedByPlace(fields.gaps).map((group) => ({ what: group, name })),
    ]);
  const lines = [...Map.groupBy(places, ({ what }) => what)].map(
    ([what, same]) => `- ${what}. In ${same.map(({ name }) => `\`${name}\``).join(", ")}.`,
  );
  return [...unanswered, ...lines].join("\n") || "None.";
}

/** By the record they belong to and the reason: what is said of each group. */
function groupedByPlace(gaps: readonly Gap[]) {
  const groups = Map.groupBy(gaps, ({ name, says }) => `${placeOf(name)}\n${says}`);
  return [...groups].map(([key, same]) => {
    const [place = "", says = ""] = key.split("\n");
    const names = same.map(({ name }) => `\`${name.split(".").at(-1)}\``).join(", ");
    return `${names}${place ? ` of \`${place}\`` : ""}: ${says}`;
  });
}

/** `account_rule_config_statuses[]` of `task.opportunity.account.account_rule_config_statuses[].key`. */
const placeOf = (path: string) => path.split(".").at(-2) ?? "";

function whyEmpty(all: readonly Judged[]) {
  const pairs = all.flatMap(({ fields }) => [...fields.reasons]);
  const byReason = Map.groupBy(pairs, ([, says]) => says);
  const lines = [...byReason].map(([says, same]) => {
    const names = [...new Set(same.map(([path]) => lastName(path)))].sort();
    return `- ${says} ${names.map((name) => `\`${name}\``).join(", ")}`;
  });
  return lines.sort().join("\n");
}

const lastName = (path: string) =>
  path
    .replace(/(\[\])+$/, "")
    .split(/[.[\]]+/)
    .at(-1) ?? "";
