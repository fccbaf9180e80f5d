// An application sends a person here with what it asks for behind the ?, in OAuth's words, or behind Apollo's #. The router
// keeps only what it knows of an address, so all of it is folded into one parameter before the router looks.

const PAGE = "/oauth/authorize";

const NAMES = [
  "client_id",
  "redirect_uri",
  "response_type",
  "scope",
  "state",
  "code_challenge",
  "code_challenge_method",
  "resource",
] as const;

export type AuthorizationParams = Partial<Record<(typeof NAMES)[number], string>> & {
  client_id: string;
  redirect_uri: string;
};

/** Where an application's address leads inside the app; null for any other address. */
export function foldedAddress({ pathname, search, hash }: Pick<Location, "pathname" | "search" | "hash">) {
  const [page, query = ""] = hash.startsWith("#/")
    ? hash.slice(1).split(/\?(.*)/s)
    : [pathname, search.slice(1)];
  if (page?.replace(/\/$/, "") !== PAGE || /^asked=[^&]*$/.test(query)) return null;
  return `${PAGE}?asked=${encodeURIComponent(query)}`;
}

/** What is asked; null where it cannot be told, because something is missing or said twice. */
export function readAsked(query: string | undefined): AuthorizationParams | null {
  const given = new URLSearchParams(query ?? "");
  const found = NAMES.flatMap((name) => given.getAll(name).map((value) => [name, value] as const));
  const asked = Object.fromEntries(found) as Partial<AuthorizationParams>;
  const isClear = new Set(found.map(([name]) => name)).size === found.length;
  return isClear && asked.client_id && asked.redirect_uri ? (asked as AuthorizationParams) : null;
}
