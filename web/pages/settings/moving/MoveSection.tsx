import { Button, Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { Section } from "../../../parts/Page.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { MoveReportTables, UndoneTable } from "./MoveReport.tsx";
import { isRunning, type TeamMove, useStartMove, useStopMove } from "./queries.ts";
import { UndoDialog } from "./UndoDialog.tsx";
import { kindWord, sourceWord, stateWord } from "./words.ts";

/** One source: how far it is, what came of it, and what can be done next. */
export function MoveSection({ move }: { move: TeamMove }) {
  const { kind, says } = stateWord(move);
  const facts = [
    [
      t("State"),
      <State key="state" kind={kind}>
        {says}
      </State>,
    ],
    [t("Last run"), dayAndTime(move.finished_at ?? move.updated_at, currentTime())],
  ] as const;
  return (
    <Section title={t("From {source}", { source: sourceWord(move.source) })}>
      <div className="stack">
        <Facts facts={facts} />
        {isRunning(move) && <Place move={move} />}
        {move.error !== null && (
          <p role="alert">
            <State kind="bad" isSentence>
              {move.error}
            </State>
          </p>
        )}
        {move.report && <MoveReportTables report={move.report} isOnlyRead={move.phase === "look"} />}
        {move.undone && <UndoneTable undone={move.undone} />}
        {move.phase === "copy" && move.status === "done" && (
          <p>
            {t("All sequences are deactivated. Look at them, then activate them.")}{" "}
            <Link to="/sequences">{t("Open sequences")}</Link>
          </p>
        )}
        <Acts move={move} />
      </div>
    </Section>
  );
}

function Place({ move: { at } }: { move: TeamMove }) {
  if (at === null) return <p className="soft">{t("Reading the settings of the source …")}</p>;
  const percent = at.total > 0 ? Math.min(100, Math.round((at.done / at.total) * 100)) : 0;
  return (
    <div className="stack" style={{ gap: 6 }}>
      <p className="soft" aria-live="polite">
        {t("{kind}: {done, number} of {total, number}", {
          kind: kindWord(at.kind),
          done: at.done,
          total: at.total,
        })}
      </p>
      <Progress value={percent} aria-label={t("Progress")} />
    </div>
  );
}

/** After a look comes the copy; what failed or was stopped is done again. */
function nextOf({ phase, status }: TeamMove): "look" | "copy" | "more" {
  if (phase === "look") return status === "done" ? "copy" : "look";
  return "more";
}

const NEXT = {
  look: () => t("Read again"),
  copy: () => t("Copy everything"),
  more: () => t("Continue copying"),
};

function Acts({ move }: { move: TeamMove }) {
  const start = useStartMove();
  const stop = useStopMove();
  const [isUndoing, setUndoing] = useState(false);
  if (isRunning(move))
    return (
      <div className="stack">
        <Trouble error={stop.error} doing="writing" />
        <div>
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate(move)}>
            {t("Stop")}
          </Button>
        </div>
      </div>
    );
  const isCopied = move.phase === "copy" && move.status === "done";
  const next = nextOf(move);
  const hasMade = move.phase === "copy" || (move.phase === "undo" && move.status !== "done");
  return (
    <div className="stack">
      <Trouble error={start.error} doing="writing" />
      <div className="row">
        {move.has_source_key && !isCopied && (
          <Button
            loading={start.isPending}
            onClick={() => start.mutate({ source: move.source, look_only: next === "look" })}
          >
            {NEXT[next]()}
          </Button>
        )}
        {hasMade && (
          <Button variant="default" onClick={() => setUndoing(true)}>
            {t("Undo the move …")}
          </Button>
        )}
      </div>
      {isUndoing && <UndoDialog move={move} onClose={() => setUndoing(false)} />}
    </div>
  );
}
