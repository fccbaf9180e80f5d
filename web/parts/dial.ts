/** What a click on a phone number opens: the user's dial link, or the telephone of the machine. */
export function dialHref(link: string | null, number: string) {
  const digits = number.replaceAll(/[^\d+*#]/g, "");
  const place = link ?? "tel:{number}";
  const isWeb = place.startsWith("https:");
  return place.replaceAll("{number}", isWeb ? encodeURIComponent(digits) : digits.replaceAll("#", "%23"));
}
