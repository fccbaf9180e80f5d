// How many tags HTML may have. What a reader of HTML spends grows with them, faster when they nest.

/** As many as a long newsletter has, several times over. */
export const MOST_TAGS = 10_000;

export const TOO_MANY_TAGS = "has more than 10,000 tags";

export const hasFewTags = (html: string) => upToMostTags(html).length === html.length;

/** What stands before the tag that is one too many. */
export function upToMostTags(html: string) {
  let at = -1;
  for (let tags = 0; tags <= MOST_TAGS; tags++) {
    at = html.indexOf("<", at + 1);
    if (at < 0) return html;
  }
  return html.slice(0, at);
}
