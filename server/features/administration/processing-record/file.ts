import { escapedHtml } from "../../../domain/templates/mail-template.ts";
import { plainPage } from "../../../domain/templates/plain-page.ts";
import type { StoredFile } from "../../../http/files.ts";

type Section = { title: string; lines: readonly string[] };

export function recordFile(sections: readonly Section[], now: Temporal.Instant): StoredFile {
  const day = now.toString().slice(0, 10);
  const parts = sections.map(
    ({ title, lines }) =>
      `<section><h2>${escapedHtml(title)}</h2>${lines.map((line) => `<p>${escapedHtml(line)}</p>`).join("")}</section>`,
  );
  return {
    fileName: `record-of-processing-${day}.html`,
    contentType: "text/html",
    content: Buffer.from(
      plainPage("Record of processing activities", `<p>As of ${day}.</p>${parts.join("")}`),
      "utf8",
    ),
  };
}
