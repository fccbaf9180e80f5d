// The address of a page where contacts book a meeting, filled with who they are, so that they need not type it. Cal.com and Calendly know
// `name` and `email` in an address; another page is told where its own places are.

type Invited = {
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
};

const PLACES: Record<string, (invited: Invited) => string | null> = {
  "{name}": ({ name }) => name,
  "{first_name}": ({ firstName }) => firstName,
  "{last_name}": ({ lastName }) => lastName,
  "{email}": ({ email }) => email,
};

const ANY_PLACE = /\{(?:name|first_name|last_name|email)\}/g;

/** Null where it is no address of a web page. */
export function meetingPage(text: string): string | null {
  if (!URL.canParse(text.replace(ANY_PLACE, "x"))) return null;
  const { protocol } = new URL(text.replace(ANY_PLACE, "x"));
  return protocol === "https:" || protocol === "http:" ? text : null;
}

/** What the address says of `name` and `email` already, it goes on saying. */
export function meetingLink(page: string, invited: Invited) {
  const filled = page.replace(ANY_PLACE, (place) => encodeURIComponent(PLACES[place]?.(invited) ?? ""));
  if (filled !== page) return filled;
  const url = new URL(page);
  for (const [key, value] of [
    ["name", invited.name],
    ["email", invited.email],
  ] as const)
    if (value && !url.searchParams.has(key)) url.searchParams.set(key, value);
  return url.toString();
}
