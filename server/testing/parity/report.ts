// The page docs/apollo/parity.md.

import { type Gap, type Judged, type Totals, totalsOf, whyUnanswered } from "./totals.ts";

export function parityPage(all: readonly Judged[]): string {
  const totals = totalsOf(all);
  const sum = (count: (one: Judged) => number) => all.reduce((total, one) => total + count(one), 0);
  return `# Parity with Apollo's published API

\`npm run parity\` wrote this page: it starts a server, fills a team, and really calls every operation that Apollo publishes, with
every published parameter. \`npm test\` fails when the page is not what a run finds.

| published by Apollo | | of | |
|---|---:|---:|---:|
${line("operations answered", totals.operations)}
${line("parameters accepted", totals.parameters)}
${line("answer fields", totals.fields)}

- A parameter is accepted if the answer is another without it (${sum(({ parameters }) => parameters.effective)}), or if a wrong value of it is
  refused with a sentence (${sum(({ parameters }) => parameters.checked)}). Calls that write are tried as dry runs.
  ${sum(({ parameters }) => parameters.refused.length)} are refused with the reason, whatever their value: ${refusedAltogether(all)}.
- A field counts if an answer of the run had a value in it, of the published kind (${sum(({ fields }) => fields.filled)}), or if it stood there empty and the
  reason is [below](#why-a-field-is-empty) (${sum(({ fields }) => fields.empty)}). A field inside of something empty does not count.

## Each operation

| operation | parameters | with effect | fields | filled | empty, with a reason | gaps |
|---|---:|---:|---:|---:|---:|---:|
${all.map(row).join("\n")}

## Gaps

${all.flatMap(gapsOf).join("\n") || "None."}

## Why a field is empty

${whyEmpty(all)}
`;
}

function refusedAltogether(all: readonly Judged[]) {
  const told = all.flatMap(({ name, parameters: { refused } }) =>
    refused.length > 0 ? `${refused.map((path) => `\`${path}\``).join(", ")} of \`${name}\`` : [],
  );
  return told.join("; ") || "none";
}

function line(what: string, { answered, all }: Totals["fields"]) {
  return `| ${what} | ${answered} | ${all} | ${percent(answered, all)} |`;
}

/** Never rounded up: 99.96 is not 100. */
export function percent(part: number, whole: number) {
  return `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

function row({ name, isAnswered, parameters, fields }: Judged) {
  if (!isAnswered) return `| \`${name}\` | ${parameters.all} | | ${fields.all} | | | not answered |`;
  const gaps = parameters.gaps.length + fields.gaps.length;
  return `| \`${name}\` | ${parameters.all} | ${parameters.effective} | ${fields.all} | ${fields.filled} | ${fields.empty} | ${gaps || ""} |`;
}

function gapsOf({ name, isAnswered, parameters, fields }: Judged) {
  if (!isAnswered) return [`- \`${name}\`: ${whyUnanswered(name)}.`];
  return [...grouped(parameters.gaps, "parameters"), ...grouped(fields.gaps, "fields")].map(
    (gap) => `- \`${name}\`, ${gap}.`,
  );
}

/** Those with the same reason in one line. */
function grouped(gaps: readonly Gap[], what: string) {
  return [...Map.groupBy(gaps, ({ says }) => says)].map(
    ([says, same]) => `${what}: ${says}: ${same.map(({ name }) => `\`${name}\``).join(", ")}`,
  );
}

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
