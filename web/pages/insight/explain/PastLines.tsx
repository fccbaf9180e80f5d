import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Told } from "../../../parts/Told.tsx";
import type { Past } from "./queries.ts";
import classes from "./WhyPanel.module.css";
import { causeWords } from "./words.ts";

const SHOWN_AT_FIRST = 6;

/** What happened, newest first: the sentence names who did it, the small print what made it happen. */
export function PastLines({ history }: { history: readonly Past[] }) {
  const [showsAll, setShowsAll] = useState(false);
  if (history.length === 0) return null;
  const shown = showsAll ? history : history.slice(0, SHOWN_AT_FIRST);
  return (
    <section aria-labelledby="why-past">
      <h3 id="why-past" className={classes.heading}>
        {t("History")}
      </h3>
      <ol className={classes.past}>
        {shown.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two things may happen at one instant
          <li key={`${line.at} ${place}`}>
            <p>
              <Told>{line.sentence}</Told>
            </p>
            <p className={classes.print}>
              <Moment at={line.at} />
              <span>{causeWords(line.cause)}</span>
              <code>{line.event}</code>
            </p>
          </li>
        ))}
      </ol>
      {history.length > shown.length && (
        <UnstyledButton className={classes.more} onClick={() => setShowsAll(true)}>
          {t("Show {history, number} more", { history: history.length - shown.length })}
        </UnstyledButton>
      )}
    </section>
  );
}
