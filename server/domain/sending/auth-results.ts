// What the receiving server found out about an email: SPF, DKIM and DMARC, from its Authentication-Results (RFC 8601).
//
// Easy to get wrong: a sender can write such a header too. Servers write theirs above everything that came, so only the first
// one counts, with those directly of the same server. Of several DKIM signatures one that passes is enough.

export type AuthResults = { spf: string | null; dkim: string | null; dmarc: string | null };

type Method = keyof AuthResults;

const METHODS: readonly Method[] = ["spf", "dkim", "dmarc"];
const WORDS = new Set([
  ...["pass", "fail", "softfail", "neutral", "none", "policy", "temperror", "permerror", "bestguesspass"],
]);
const MOST_HEADERS = 5;

/** `fields` are the values of the header as they stand in the email, the topmost first. */
export function authResultsIn(fields: readonly string[]): AuthResults {
  const read = fields.slice(0, MOST_HEADERS).map(partsOf);
  const server = read[0]?.server;
  const own = read.filter((one) => one.server === server).flatMap(({ results }) => results);
  const of = (method: Method) => {
    const words = own.filter((one) => one.method === method).map(({ word }) => word);
    return words.find((word) => word === "pass") ?? words[0] ?? null;
  };
  return { spf: of("spf"), dkim: of("dkim"), dmarc: of("dmarc") };
}

function partsOf(field: string) {
  const parts = withoutComments(field)
    .split(";")
    .map((part) => part.trim());
  const first = parts[0] ?? "";
  // Microsoft names no server and begins with a result.
  const server = first.includes("=") ? "" : (first.split(/\s/)[0] ?? "").toLowerCase();
  const results = parts.flatMap((part) => {
    const [, method, word] = /^([a-z]{1,10})(?:\/\d+)?\s*=\s*([a-z]{1,20})/i.exec(part) ?? [];
    const [name, said] = [method?.toLowerCase() as Method, word?.toLowerCase() ?? ""];
    return METHODS.includes(name) && WORDS.has(said) ? [{ method: name, word: said }] : [];
  });
  return { server, results };
}

/** They may be nested, and hold semicolons. */
function withoutComments(text: string) {
  let depth = 0;
  let kept = "";
  for (const letter of text.slice(0, 8_000)) {
    if (letter === "(") depth += 1;
    else if (letter === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += letter;
  }
  return kept;
}
