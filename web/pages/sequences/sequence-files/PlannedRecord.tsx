import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { State, type StateKind } from "../../../parts/State.tsx";
import classes from "./Files.module.css";
import type { Planned } from "./queries.ts";
import { Changes } from "./TextDiff.tsx";
import { contactWords, heldWords, kindOf, stepWords, verdictWords } from "./words.ts";

const SHAPES: Record<Planned["verdict"], StateKind> = {
  create: "good",
  update: "good",
  held: "waiting",
  unchanged: "off",
};

type Props = { record: Planned; isDone: boolean };

/** One record of a plan: what becomes of it, the changes in its texts, and what happens to its contacts. */
export function PlannedRecord({ record, isDone }: Props) {
  const { name, path, verdict, changes, drift } = record;
  const contacts = contactWords(record, isDone);
  const held = heldWords(record);
  const hasMore = changes.length > 0 || drift.length > 0;
  return (
    <article className={classes.record} aria-label={name}>
      <header className={classes.recordTop}>
        <span className={classes.recordName}>
          <strong>{isDone && record.kind === "sequence" ? <SequenceLink record={record} /> : name}</strong>
          <span className="soft small">
            {kindOf(record)} · <code>{path}</code>
          </span>
        </span>
        <State kind={SHAPES[verdict]}>{verdictWords(record, isDone)}</State>
      </header>
      {held && <p className="small">{held}</p>}
      {contacts && (
        <p className="small">
          {contacts} <span className="soft">{stepWords(record)}</span>
        </p>
      )}
      {hasMore && !isDone && (
        <details className={classes.more} open={verdict === "update" || verdict === "held"}>
          <summary>
            <IconChevronRight size="0.875rem" aria-hidden />
            {t("Changes")}
          </summary>
          {drift.length > 0 && (
            <>
              <h3 className={classes.subhead}>{t("Edited here since the file was applied")}</h3>
              <Changes changes={drift} label={t("Edited here since the file was applied")} />
              <h3 className={classes.subhead}>{t("What the file would change")}</h3>
            </>
          )}
          <Changes changes={changes} label={t("What the file would change")} />
        </details>
      )}
    </article>
  );
}

function SequenceLink({ record: { id, name } }: { record: Planned }) {
  return (
    <Link to="/sequences/$id" params={{ id }}>
      {name}
    </Link>
  );
}
