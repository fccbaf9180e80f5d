// Whether the editor can show a mail without losing any of it. What came from elsewhere may have tables, pictures or colors:
// that is worked on as the HTML it is.

const KNOWN = new Set("p br strong b em i u s strike a ul ol li blockquote div span".split(" "));
const KEPT: Record<string, readonly string[]> = { a: ["href", "target", "rel"], ol: ["start"] };

export function isPlainEnough(html: string) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.querySelectorAll("*")].every(
    ({ localName, attributes }) =>
      KNOWN.has(localName) &&
      [...attributes].every(({ name, value }) => value === "" || KEPT[localName]?.includes(name)),
  );
}
