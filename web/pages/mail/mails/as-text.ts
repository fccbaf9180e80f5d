// A mail's words as a person types them, and back. Links keep their address in brackets behind them.

const BLOCK = /^(P|DIV|UL|OL|BLOCKQUOTE|H[1-6]|TABLE|TR|PRE)$/;

export function textFrom(html: string): string {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  return read(body)
    .replace(/(?<![ \t])[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function read(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? "").replace(/\s+/g, " ");
  if (!(node instanceof Element)) return "";
  const inside = [...node.childNodes].map(read).join("");
  if (node.tagName === "BR") return "\n";
  if (node.tagName === "LI") return `- ${inside.trim()}\n`;
  if (node.tagName === "A") return linkText(node, inside);
  return BLOCK.test(node.tagName) ? `${inside.trim()}\n\n` : inside;
}

function linkText(link: Element, inside: string) {
  const address = link.getAttribute("href") ?? "";
  return !address || inside.trim() === address ? inside : `${inside} (${address})`;
}

export function htmlFrom(text: string): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((part) => `<p>${escaped(part).replaceAll("\n", "<br>")}</p>`)
    .join("");
}

function escaped(text: string) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g, (url) => `<a href="${url}">${url}</a>`);
}
