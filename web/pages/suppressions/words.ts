import type { Kind, Suppression } from "./queries.ts";

export const SOURCES: Record<Suppression["source"], string> = {
  person: "Added by a person",
  import: "Imported",
  unsubscribe: "Unsubscribed",
  bounce: "Bounced for good",
  complaint: "Complained",
  deletion: "Deleted, and to stay away",
};

/** An address has an @, a pattern a star, and what is left is a domain. */
export function kindOf(value: string): Kind {
  if (value.includes("*")) return "pattern";
  return value.includes("@") && !value.startsWith("@") ? "email" : "domain";
}

export const KINDS: Record<Kind, string> = {
  email: "this address",
  domain: "everybody at this domain and below it",
  pattern: "every address that fits this pattern",
};

/** Those people asked for it themselves: lifting it needs a second thought. */
export function wasAskedFor({ source }: Suppression) {
  return source === "unsubscribe" || source === "complaint" || source === "deletion";
}
