// Where a contact's LinkedIn address leads. It comes from files, forms and other people: a button opens it only where it is one.

type ProfileLink = { href: string; shown: string } | { href: null; shown: string };

export function profileLink(given: string): ProfileLink {
  const text = given.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  const isOne =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    /(?:^|\.)linkedin\.com$/.test(url.hostname) &&
    url.username === "" &&
    url.password === "";
  return isOne
    ? { href: url.href, shown: `${url.hostname}${url.pathname}` }
    : { href: null, shown: text.slice(0, 200) };
}

type Sought = { name: string | null; organization_name: string | null };

/** LinkedIn's search for people, by the contact's name and company. */
export function searchLink({ name, organization_name: company }: Sought) {
  const words = [name, company].filter(Boolean).join(" ");
  return `https://www.linkedin.com/search/results/people/?${new URLSearchParams({ keywords: words })}`;
}
