import { Refused } from "@cadenza/sdk";
import { IconAlertTriangle } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import type { FileText } from "./dropped.ts";
import classes from "./Files.module.css";

type Props = { error: unknown; files: readonly FileText[] };

/** Why files were refused. Where the server names a line, the line is shown as the file has it. */
export function FileFault({ error, files }: Props) {
  const place = placeIn(error);
  const text = files.find(({ path }) => path === place?.path)?.text;
  if (!error || !place) return <Trouble error={error} />;
  return (
    <div role="alert" className={classes.fault}>
      <IconAlertTriangle size="1rem" stroke={1.75} className={classes.faultSign} aria-hidden />
      <div className={classes.faultWords}>
        <p>
          <strong>{error instanceof Error ? sentenceOf(error.message, place.path) : ""}</strong>
        </p>
        <p className="small">
          <code>{place.path}</code>
          {place.line !== null &&
            `, ${
              place.column === null
                ? t("line {line}", { line: place.line })
                : t("line {line}, column {column}", { line: place.line, column: place.column })
            }`}
        </p>
        {text !== undefined && place.line !== null && (
          <Lines text={text} line={place.line} column={place.column} />
        )}
        <p className="small">
          {place.line === null
            ? t("Nothing was changed. Ask the owner or an admin, or leave this file out.")
            : t("Nothing was changed. Correct the file and choose it again.")}
        </p>
      </div>
    </div>
  );
}

const AROUND = 2;

function Lines({ text, line, column }: { text: string; line: number; column: number | null }) {
  const all = text.split(/\r?\n/);
  const from = Math.max(1, line - AROUND);
  const shown = all.slice(from - 1, line + AROUND);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={classes.source} tabIndex={0} aria-label={t("The file around this line")}>
      {shown.map((one, at) => {
        const number = from + at;
        const isIt = number === line;
        return (
          <div key={number} className={classes.sourceLine} data-is-it={isIt || undefined}>
            <span className={classes.number}>{number}</span>
            <code>
              {one.slice(0, 400) || " "}
              {isIt && column !== null && (
                <span aria-hidden>{`\n${" ".repeat(Math.min(399, column - 1))}^`}</span>
              )}
            </code>
          </div>
        );
      })}
    </section>
  );
}

type Place = { path: string; line: number | null; column: number | null };

function placeIn(error: unknown): Place | null {
  if (!(error instanceof Refused)) return null;
  const { file, line, column } = error.body as Record<string, unknown>;
  if (typeof file !== "string") return null;
  return {
    path: file,
    line: typeof line === "number" ? line : null,
    column: typeof column === "number" ? column : null,
  };
}

/** Without the place, which is shown below it. */
function sentenceOf(message: string, path: string) {
  const rest = message.startsWith(path)
    ? message.slice(path.length).replace(/^, \p{L}+ \d+\s?: /u, "")
    : message;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
