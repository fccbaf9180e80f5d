// What is added to a mail as it is sent, and no template shows: the unsubscribe line, counted links, and a picture that
// shows when it is opened. Without these, it goes out letter by letter as it was composed.
//
// Easy to get wrong: only whole links to the web are counted, as they would be followed (entities resolved), and never
// the unsubscribe link. The plain text keeps its addresses, because there a reader sees them.
//
// For HTML that was cleaned: attributes are in double quotes, without `<` or `>`.

import { plainTextOf } from "./plain-text.ts";
import { unescaped } from "./template-parts.ts";

export type Undressed = {
  /** Empty for a mail that is plain text only. */
  html: string;
  text: string;
  /** The mail's own token: its holder may read the mail and unsubscribe, and no more. */
  token: string;
  /** Where its links stand: the installation, or the team's tracking domain. */
  linksAt: string;
  tracksOpens: boolean;
  tracksClicks: boolean;
  unsubscribe: {
    /** The sender's words (cleaned HTML), with `<%…%>` around those that are the link. Null: no line, only the headers. */
    line: string | null;
    /** The mailbox, where its server delivers `box+anything@` to it. Null: no address to unsubscribe by. */
    plusAddress: string | null;
  };
};

type Dressed = {
  html: string;
  text: string;
  /** Where /c/{token}/1, /c/{token}/2 … lead. */
  links: string[];
  unsubscribe: { url: string; mailto: string | null };
};

export function dressMail(mail: Undressed): Dressed {
  const { token, tracksOpens, tracksClicks, unsubscribe } = mail;
  const base = mail.linksAt.replace(/(?<!\/)\/+$/, "");
  const url = `${base}/u/${token}`;
  const counted = tracksClicks ? countLinks(mail.html, base, token) : { html: mail.html, links: [] };
  const line = unsubscribe.line === null ? null : lineWith(unsubscribe.line, url);
  const pixel = tracksOpens ? pixelAt(`${base}/o/${token}.gif`) : "";
  const tail = line === null ? pixel : `<div>${line}</div>${pixel}`;
  return {
    html: mail.html === "" ? "" : atTheEnd(counted.html, tail),
    text: line === null ? mail.text : `${mail.text.trimEnd()}\n\n${plainTextOf(line)}\n`,
    links: counted.links,
    unsubscribe: { url, mailto: plusAddressed(unsubscribe.plusAddress, token) },
  };
}

const LINK = /(<a\s(?:[^<>]*\s)?href=")([^"<>]*)(")/gi;

/** A link that stands twice is one link. */
function countLinks(html: string, base: string, token: string) {
  const places = new Map<string, number>();
  const counted = html.replace(LINK, (whole, opening: string, href: string, closing: string) => {
    const target = trackable(unescaped(href).trim());
    if (target === null || target.includes(`/u/${token}`)) return whole;
    const place = places.get(target) ?? places.size + 1;
    places.set(target, place);
    return `${opening}${base}/c/${token}/${place}${closing}`;
  });
  return { html: counted, links: [...places.keys()] };
}

const LONGEST_LINK = 2000;

/** The address as it is kept and gone to; null for what is not to be passed through us. */
export function trackable(address: string): string | null {
  if (!/^https?:\/\//i.test(address) || address.length > LONGEST_LINK) return null;
  const url = URL.parse(address);
  return url && url.username === "" && url.password === "" && url.href.length <= LONGEST_LINK
    ? url.href
    : null;
}

/** `<%text%>` as Apollo writes it; cleaning turns its signs into entities. */
const MARKED = /(?:<|&lt;)%([\s\S]{1,500}?)%(?:>|&gt;)/g;
const NAMED = /\{\{\s*unsubscribe_link\s*\}\}/g;

function lineWith(template: string, url: string) {
  const linked = template
    .replace(MARKED, (_, words: string) => `<a href="${url}">${words.trim() || "Unsubscribe"}</a>`)
    .replace(NAMED, url);
  return linked.includes(url) ? linked : `${linked} <a href="${url}">Unsubscribe</a>`.trim();
}

function pixelAt(url: string) {
  return `<img src="${url}" width="1" height="1" alt="" border="0" />`;
}

function atTheEnd(html: string, tail: string) {
  const end = /<\/body>\s*(?:<\/html>\s*)?$/i.exec(html)?.index ?? html.length;
  return `${html.slice(0, end)}${tail}${html.slice(end)}`;
}

const LONGEST_LOCAL_PART = 64;

/** Null where it would be longer than an address may be. */
export function plusAddressed(mailbox: string | null, token: string) {
  const at = mailbox?.lastIndexOf("@") ?? -1;
  if (!mailbox || at < 1) return null;
  const local = `${mailbox.slice(0, at)}+${token}`;
  return local.length <= LONGEST_LOCAL_PART ? `${local}${mailbox.slice(at)}` : null;
}
