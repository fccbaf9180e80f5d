// Addresses as strangers write them in a header.
//
// An address here decides whose reply a mail is, so what is not plainly one is dropped: a name that looks like an
// address, quotes, comments, two addresses glued together. The domain comes out in its ASCII spelling.

import { domainToASCII } from "node:url";
import type { NamedAddress } from "../domain/receiving/incoming-mail.ts";
import { printable } from "./header-block.ts";

const MOST = 200;
const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,253}$/;

/** As it is compared, or null where it is no address. */
export function addressOf(given: string): string | null {
  const text = given.trim().replace(/^<|>$/g, "");
  if (!ADDRESS.test(text)) return null;
  const at = text.lastIndexOf("@");
  const host = domainToASCII(text.slice(at + 1).toLowerCase());
  return host === "" ? null : `${printable(text.slice(0, at)).toLowerCase()}@${host.replace(/\.$/, "")}`;
}

type Parsed = { address?: string; name?: string; group?: Parsed[] };

/** What mailparser made of a header of addresses, groups opened. */
export function peopleOf(header: unknown): NamedAddress[] {
  const people: NamedAddress[] = [];
  const lists = (Array.isArray(header) ? header : [header]) as ({ value?: Parsed[] } | undefined)[];
  const add = (entries: Parsed[] | undefined, depth: number) => {
    for (const { address, name, group } of entries ?? []) {
      if (people.length >= MOST) return;
      const email = addressOf(address ?? "");
      if (email) people.push({ email, name: printable(name ?? "").slice(0, 200) });
      if (group && depth < 3) add(group, depth + 1);
    }
  };
  for (const list of lists) add(list?.value, 0);
  return people;
}

/** Addresses in fields that hold little else: `Delivered-To`, `rfc822; ines@…`, `<ines@…>`. */
export function addressesIn(values: readonly string[] | undefined): string[] {
  const found = new Set<string>();
  for (const value of values ?? [])
    for (const word of value.slice(0, 4000).split(/[\s,;]+/)) {
      const address = addressOf(word.replace(/^"|"$/g, ""));
      if (address && found.size < MOST) found.add(address);
    }
  return [...found];
}
