// Links as they work in the repository, as addresses of the site.

/** The pages that take in a README from elsewhere. */
const README_PAGES: Record<string, string> = { sdk: "sdk", cli: "cli", mcp: "agents", n8n: "n8n" };

/** Null: the site has no such page. */
export function siteAddress(href: string): string | null {
  if (/^[a-z]+:|^[#/]/.test(href)) return href;
  const [, path = "", hash = ""] = /^([^#]*)(#.*)?$/.exec(href) ?? [];
  const readme = /(?:^|\/)(sdk|cli|mcp|n8n)\/README\.md$/.exec(path);
  if (readme) return `/api/${README_PAGES[readme[1] as string]}${hash}`;
  const fromOutside = /^(?:\.\.\/)+docs\/(.+)$/.exec(path);
  if (fromOutside) return `/${fromOutside[1]}${hash}`;
  const isPage = /^(?:\.\.\/)?(?:[a-z0-9-]+\/)*[a-z0-9-]+\.(?:md|svg|webp)$/.test(path);
  return isPage ? href : null;
}
