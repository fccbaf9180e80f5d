// What Apollo publishes of its API: the names of operations, of their parameters and of the fields of their answers, each with its
// kind. The comparison with Apollo reads it, and a sandbox that answers as Apollo does. It is large, so nothing else loads it.

import { OPERATIONS } from "./operations.ts";

export type Kind = "any" | "array" | "boolean" | "integer" | "number" | "object" | "string";
/** `path` as in `contacts[].account.name`. */
export type Named = { path: string; kind: Kind };
export type Operation = { name: string; method: string; path: string } & Record<
  "query" | "body" | "answer",
  readonly Named[]
>;

const KINDS: Record<string, Kind> = {
  x: "any",
  a: "array",
  b: "boolean",
  i: "integer",
  n: "number",
  o: "object",
  s: "string",
};

export function readPublished(): readonly Operation[] {
  return OPERATIONS.trim()
    .split(/\n(?=\S)/)
    .map(readOperation);
}

function readOperation(block: string): Operation {
  const [name = "", ...lines] = block.split("\n");
  const [method = "", path = ""] = name.split(" ");
  const part = (word: string) => {
    const line = lines.find((one) => one.startsWith(`  ${word} `));
    return line ? readTree(line.slice(word.length + 3)) : [];
  };
  return { name, method, path, query: part("query"), body: part("body"), answer: part("answer") };
}

/** `contacts:a([]:-(id name))` names contacts, contacts[].id and contacts[].name; `:-` is a step that is no field itself. */
function readTree(text: string): Named[] {
  const named: Named[] = [];
  const above: string[] = [];
  let last = "";
  for (const [token] of text.matchAll(/[()]|[^\s()]+/g)) {
    if (token === "(") above.push(last);
    else if (token === ")") above.pop();
    else {
      const [, step = "", mark = "s"] = /^(.+?)(?::(\w|-))?$/.exec(token) ?? [];
      last = joined(above.at(-1) ?? "", step.replaceAll("~", " "));
      if (mark !== "-") named.push({ path: last, kind: KINDS[mark] ?? "any" });
    }
  }
  return named;
}

export function joined(above: string, step: string) {
  return step === "[]" || above === "" ? above + step : `${above}.${step}`;
}
