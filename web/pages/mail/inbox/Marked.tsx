import classes from "./IncomingView.module.css";
import { markedIn } from "./marked.ts";
import type { Incoming } from "./queries.ts";

type Props = { shown: string; mail: Incoming; where: "text" | "subject" };

/** Text of a mail with the words marked by which it was read. Not of one that a person has read otherwise. */
export function Marked({ shown, mail, where }: Props) {
  if (mail.overruled) return shown;
  const whole = (where === "text" ? mail.body_text : mail.subject) ?? "";
  return markedIn(shown, whole, mail.evidence, where).map(({ text, rule }, n) =>
    rule === null ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
      <mark key={n} className={classes.decided} title={rule}>
        {text}
      </mark>
    ),
  );
}
