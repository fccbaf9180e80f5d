// What an operator sets who lets webhooks and mailboxes reach this machine.

import { type AllowEntry, readAllowEntry } from "../network-policy/addresses.ts";

export const LOOPBACK: readonly AllowEntry[] = allow("127.0.0.0/8");

export function allow(...texts: string[]): AllowEntry[] {
  return texts.map((text) => {
    const entry = readAllowEntry(text);
    if (!entry) throw new Error(`${text} cannot be allowed`);
    return entry;
  });
}
