import { IconClock } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { clockOf, placeOf, zoneIn } from "../../../parts/told.ts";
import { relativeTo } from "../../../parts/when.ts";
import type { NextAction } from "./queries.ts";
import classes from "./WhyPanel.module.css";
import { nextWords } from "./words.ts";

type Props = {
  next: NextAction;
  sentence: string;
  /** A call, a task or an email that a user sends: nothing is wrong. */
  waitsForUser: boolean;
};

/** What comes next, by the viewer's clock, and by the recipient's where that shows another hour. */
export function NextUp({ next, sentence, waitsForUser }: Props) {
  const now = currentTime();
  const at = next.at ? new Date(next.at) : null;
  const zone = zoneIn(sentence);
  const mine = at && clockOf(at, undefined, now);
  const theirs = at && zone && clockOf(at, zone, now);
  return (
    <section aria-labelledby="why-next">
      <h3 id="why-next" className={classes.heading}>
        {t("Next")}
      </h3>
      <div className={classes.next}>
        <IconClock size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
        <div>
          <p>
            {nextWords(next.what)}
            {next.step_position !== null && (
              <span className="soft">
                {" "}
                {t("· step {step_position}", { step_position: next.step_position })}
              </span>
            )}
          </p>
          {at ? (
            <p>
              <time dateTime={at.toISOString()}>{mine}</time>
              <span className="soft">, {relativeTo(at.toISOString(), now)}</span>
            </p>
          ) : (
            <p className="soft">
              {waitsForUser
                ? t("As soon as the user has done it.")
                : t("No date until the reason below is fixed.")}
            </p>
          )}
          {theirs && theirs !== mine && zone && (
            <p className="soft small">{t("{theirs} in {zone}", { theirs, zone: placeOf(zone) })}</p>
          )}
        </div>
      </div>
    </section>
  );
}
