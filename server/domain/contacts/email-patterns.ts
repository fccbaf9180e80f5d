// Learns how a company forms its addresses from its verified ones, and guesses a colleague's address. A guess never
// counts as verified, however likely it is.

export const PATTERNS = [
  "first.last",
  "flast",
  "first",
  "firstlast",
  "f.last",
  "firstl",
  "first_last",
  "first-last",
  "last",
  "last.first",
  "lastf",
  "first.l",
] as const;

type EmailPattern = (typeof PATTERNS)[number];
export type Name = { firstName: string; lastName: string };
export type KnownEmail = Name & { email: string };
type EmailGuess = { email: string; pattern: EmailPattern; confidence: number };

/** How common each is where nothing is known of a company; together less than one. */
const USUAL: Record<EmailPattern, number> = {
  "first.last": 0.4,
  flast: 0.14,
  first: 0.12,
  firstlast: 0.06,
  "f.last": 0.04,
  firstl: 0.04,
  first_last: 0.02,
  "first-last": 0.01,
  last: 0.02,
  "last.first": 0.01,
  lastf: 0.01,
  "first.l": 0.01,
};

/** So many known addresses weigh as much as what is usual. */
const USUAL_WEIGHS = 2;

const LETTERS: Record<string, string> = {
  ø: "o",
  æ: "ae",
  å: "a",
  ß: "ss",
  ł: "l",
  đ: "d",
  þ: "th",
  ð: "d",
  œ: "oe",
  ı: "i",
};

/** A name's first part as addresses spell it: plain letters, without accents. */
export function plainName(name: string) {
  const spelled = name.toLowerCase().replace(/[øæåßłđþðœı]/g, (letter) => LETTERS[letter] ?? letter);
  return spelled
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]/g, "");
}

export function localPart(pattern: EmailPattern, { firstName, lastName }: Name): string | null {
  const [first, last] = [plainName(firstName.trim().split(/\s+/)[0] ?? ""), plainName(lastName)];
  if (first === "" || (last === "" && pattern !== "first")) return null;
  const parts = { first, last, f: first[0] ?? "", l: last[0] ?? "" };
  const built: Record<EmailPattern, string> = {
    "first.last": `${parts.first}.${parts.last}`,
    flast: parts.f + parts.last,
    first: parts.first,
    firstlast: parts.first + parts.last,
    "f.last": `${parts.f}.${parts.last}`,
    firstl: parts.first + parts.l,
    first_last: `${parts.first}_${parts.last}`,
    "first-last": `${parts.first}-${parts.last}`,
    last: parts.last,
    "last.first": `${parts.last}.${parts.first}`,
    lastf: parts.last + parts.f,
    "first.l": `${parts.first}.${parts.l}`,
  };
  return built[pattern];
}

/** Which patterns a known address follows. A short name may follow several. */
export function patternsOf({ email, ...name }: KnownEmail): EmailPattern[] {
  const local = email.slice(0, email.lastIndexOf("@")).toLowerCase();
  return PATTERNS.filter((pattern) => localPart(pattern, name) === local);
}

/** The likeliest first; each address once. `learntFrom` is how many of the known followed any pattern at all. */
export function guessAddresses(name: Name, domain: string, known: readonly KnownEmail[]) {
  const votes = new Map<EmailPattern, number>();
  let learntFrom = 0;
  for (const one of known) {
    const patterns = patternsOf(one);
    if (patterns.length > 0) learntFrom += 1;
    for (const pattern of patterns) votes.set(pattern, (votes.get(pattern) ?? 0) + 1 / patterns.length);
  }
  const of = known.length + USUAL_WEIGHS; // a person who follows no pattern makes every guess less sure
  const byEmail = new Map<string, EmailGuess>();
  for (const pattern of PATTERNS) {
    const local = localPart(pattern, name);
    if (local === null) continue;
    const email = `${local}@${domain}`;
    const share = ((votes.get(pattern) ?? 0) + USUAL[pattern] * USUAL_WEIGHS) / of;
    const before = byEmail.get(email);
    const confidence = share + (before?.confidence ?? 0);
    byEmail.set(email, { email, pattern: before?.pattern ?? pattern, confidence });
  }
  const candidates = [...byEmail.values()]
    .map((one) => ({ ...one, confidence: Math.min(0.99, Math.round(one.confidence * 100) / 100) }))
    .sort((a, b) => b.confidence - a.confidence);
  return { learntFrom, candidates };
}
