// Who a mail is from and to as the mail server is told: one sender, one recipient, each an address and nothing else.
//
// Easy to get wrong: what a person may type as an address and what may stand in a command are two things. Quoted local
// parts, comments, routes and groups are all allowed by some standard, and each of them has made one recipient two.
// None is needed to mail anybody, so none is accepted.

import { domainToASCII } from "node:url";

export type Envelope = { from: string; to: string };

const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const DOMAIN =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What the rules for other alphabets leave as it is: no number, and no name that is one of them spelt out. */
const PLAIN_DOMAIN = /^(?:(?!xn--)[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/;

/** The address as it goes over the wire, its domain in ASCII and small letters; null where it is invalid. */
export function wireAddress(address: string): string | null {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const named = address.slice(at + 1);
  const domain = PLAIN_DOMAIN.test(named) ? named : domainToASCII(named);
  if (at < 1 || !LOCAL.test(local) || Buffer.byteLength(local) > 64 || !DOMAIN.test(domain)) return null;
  if (/^[\d.]+$/.test(domain)) return null; // a number, which is another machine's name for itself
  const wire = `${local.normalize("NFC")}@${domain}`;
  return Buffer.byteLength(wire) <= 254 ? wire : null;
}

/** Whether it can be named only to a server that speaks SMTPUTF8. */
export function needsUtf8(address: string) {
  return /[^\x20-\x7e]/.test(address);
}
