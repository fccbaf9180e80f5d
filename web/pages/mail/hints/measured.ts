import { textFrom } from "../mails/as-text.ts";
import type { Measured } from "./mail-hints.ts";

type Written = { subject: string; html: string; files: number; isFirst: boolean };

/** What counts of an email's HTML. Nothing of it is fetched or run. */
export function measured({ html, ...rest }: Written): Measured {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const links = [...body.querySelectorAll("a[href]")].flatMap((link) => link.getAttribute("href") ?? []);
  for (const link of body.querySelectorAll("a[href]")) link.removeAttribute("href"); // their words count, not their addresses
  const images = body.querySelectorAll("img").length;
  const isWeb = (link: string) => /^https?:/i.test(link);
  return { ...rest, links: links.filter(isWeb), images, text: textFrom(body.innerHTML) };
}
