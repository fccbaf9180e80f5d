// A mail as a file: a head between two lines of `---`, then the text. Everything behind the second line is text, so a text may itself
// hold such a line; the line break at the end of the file belongs to the file.

type MailFile = { head: string; text: string; textLine: number };

/** Null where there is no head. Lines are counted from 1. */
export function splitMail(file: string): MailFile | null {
  const lines = file.split("\n");
  if (lines[0] !== "---") return null;
  const end = lines.indexOf("---", 1);
  if (end === -1) return null;
  const text = lines.slice(end + 1).join("\n");
  return {
    head: lines.slice(1, end).join("\n"),
    text: text.endsWith("\n") ? text.slice(0, -1) : text,
    textLine: end + 2,
  };
}

/** `head` ends with a line break, or is empty. */
export function joinMail(head: string, text: string) {
  return `---\n${head}---\n${text}\n`;
}

/** Git and editors write line breaks as they like. */
export function withUnixLines(text: string) {
  return text.replace(/\r\n?/g, "\n");
}
