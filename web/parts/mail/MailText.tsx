import { useLayoutEffect, useRef } from "react";
import classes from "./MailText.module.css";
import { safeNodes } from "./safe-nodes.ts";

type Props = {
  html?: string | null | undefined;
  /** Shown where there is no HTML. */
  text?: string | null | undefined;
  /** The mail's name, for screen readers. */
  label: string;
};

/**
 * A mail's text, in a frame of its own: nothing in it runs, nothing is fetched, and its styles stay inside. Everything that
 * is not known to be harmless is left out, from every sender.
 */
export function MailText({ html, text, label }: Props) {
  const paper = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (!paper.current) return;
    const root = paper.current.shadowRoot ?? paper.current.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [lookOfPaper()];
    const sheet = document.createElement("div");
    sheet.className = html?.trim() ? "html" : "text";
    sheet.append(...(html?.trim() ? safeNodes(html) : [text ?? ""]));
    root.replaceChildren(sheet);
  }, [html, text]);
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
  return <section ref={paper} className={classes.paper} aria-label={label} tabIndex={0} />;
}

let sheet: CSSStyleSheet | null = null;

/** Made by script, which the policy allows; a style element would need the page's nonce. */
function lookOfPaper() {
  if (sheet) return sheet;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; }
    .html, .text { overflow-wrap: anywhere; }
    .text { white-space: pre-wrap; }
    p { margin: 0 0 1em; }
    ul, ol { margin: 0 0 1em; padding-left: 1.5em; }
    blockquote { margin: 0 0 1em; padding-left: 12px; border-left: 2px solid #d2d2da; }
    pre { white-space: pre-wrap; }
    table { max-width: 100%; }
    a { color: #4338ca; }
    .picture { display: inline-block; padding: 2px 8px; border: 1px dashed #a9a9b4; border-radius: 4px; color: #5d5e69; font-size: 12px; }
  `);
  return sheet;
}
