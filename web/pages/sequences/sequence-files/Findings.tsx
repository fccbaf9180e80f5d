import { t } from "../../../language/t.ts";
import { State } from "../../../parts/State.tsx";
import classes from "./Files.module.css";
import type { Finding } from "./queries.ts";

/** What the check of the emails found, errors first. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const sorted = [...findings].sort((one, other) => one.severity.localeCompare(other.severity));
  return (
    <ul className={classes.findings} aria-label={t("Warnings and errors")}>
      {sorted.map(({ file, line, severity, code, sentence }) => (
        <li key={`${file} ${line} ${code} ${sentence}`}>
          <State kind={severity === "error" ? "bad" : "waiting"}>
            {severity === "error" ? t("Error") : t("Warning")}
          </State>
          <span className={classes.finding}>
            {sentence}
            <span className="soft small">
              <code>{file}</code>, {t("line {line}", { line })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
