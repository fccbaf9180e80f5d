/** What a click on a phone number opens: the user's dial link, or the telephone of the machine. */
export function dialHref(link: string | null, number: string) {
  const digits = number.replaceAll(/[^\d+*#]/g, "");
  const place = link ?? "tel:{number}";
  const isWeb = place.startsWith("https:");
  return place.replaceAll("{number}", isWeb ? encodeURIComponent(digits) : digits.replaceAll("#", "%23"));
}

/** Of the link that calls a number. A dial page on the web opens beside the app. */
export function dialProps(link: string | null, number: string) {
  const href = dialHref(link, number);
  return href.startsWith("https:") ? { href, target: "_blank", rel: "noreferrer noopener" } : { href };
}
