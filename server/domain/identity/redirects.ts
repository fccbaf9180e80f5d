// Where an application may have its answer sent: RFC 8252's three kinds, and nothing a browser would run.
//
// A code that goes to the wrong address gives access away, so an address counts only if it was registered, letter by
// letter. The one exception is the port on the user's own computer, which programs get from the system anew each time
// (RFC 8252, 7.3).

/** What browsers and systems run, open or embed; none is a program that waits for an answer. */
const NEVER = new Set(
  "about blob cid chrome chrome-extension content data dav file filesystem ftp intent jar javascript ldap mailto mid ms-msdt news nfs resource sftp smb sms ssh tel telnet urn vbscript view-source ws wss".split(
    " ",
  ),
);

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Why nothing may be sent there; null if it may. */
export function redirectFault(uri: string): string | null {
  if (uri.length > 2000) return "is too long";
  if (/[\s\\<>"'`{}|^\p{Cc}]/u.test(uri) || /[^\x21-\x7e]/.test(uri))
    return "contains characters that are not allowed in a URL";
  const url = URL.parse(uri);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase();
  if (!url || scheme === undefined) return "is not a URL";
  if (uri.includes("#")) return "has a fragment";
  if (url.username || url.password) return "contains a user name or password";
  if (scheme === "https" || scheme === "http") {
    if (!/^https?:\/\/[^/]/i.test(uri)) return "is not a URL";
    return scheme === "https" || LOOPBACK.has(url.hostname)
      ? null
      : "must start with https:// or point to localhost";
  }
  if (NEVER.has(scheme)) return "has a scheme that is not allowed";
  // A scheme of one's own either is a domain turned around, or has an authority like an address of the web.
  return scheme.includes(".") || /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(uri) ? null : "is not a valid app URL";
}

export function isRegistered(uri: string, registered: readonly string[]) {
  if (redirectFault(uri) !== null) return false;
  return registered.includes(uri) || registered.some((known) => isSameButForPort(uri, known));
}

function isSameButForPort(uri: string, known: string) {
  const [asked, kept] = [loopbackParts(uri), loopbackParts(known)];
  return asked !== null && kept !== null && asked.host === kept.host && asked.rest === kept.rest;
}

function loopbackParts(uri: string) {
  const [, host = "", rest = ""] =
    /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?((?:[/?].*)?)$/.exec(uri) ?? [];
  return host ? { host, rest } : null;
}

/** The redirect's target in a word or two, for the user who is asked to consent. */
export function leadsTo(uri: string) {
  const url = URL.parse(uri);
  if (!url) return uri;
  if (url.protocol === "http:" && LOOPBACK.has(url.hostname)) return "a program on this computer";
  if (url.protocol === "https:") return url.host;
  return `the program ${url.protocol.slice(0, -1)} on this computer`;
}

/** With what is told; what the address asks for already stays. */
export function redirectWith(uri: string, told: Readonly<Record<string, string | undefined>>) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(told)) if (value !== undefined) query.set(name, value);
  return `${uri}${uri.includes("?") ? "&" : "?"}${query}`;
}
