// How the contract's names are said on the command line.

/** What people call it, where that is not the wire's word. */
export const ALIASES: Record<string, string> = {
  keys: "apiKeys",
  mailboxes: "emailAccounts",
  mails: "emailerMessages",
  deals: "opportunities",
  "deal-stages": "opportunityStages",
  calls: "phoneCalls",
  webhooks: "webhookSubscriptions",
  jobs: "progress",
  members: "users",
  lists: "labels",
};

export const dashed = (name: string) =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll("_", "-");

export function nounFor(word: string, nouns: readonly string[]): string | undefined {
  return ALIASES[word] ?? nouns.find((noun) => dashed(noun) === word);
}

export const aliasOf = (noun: string) => Object.entries(ALIASES).find(([, meant]) => meant === noun)?.[0];
