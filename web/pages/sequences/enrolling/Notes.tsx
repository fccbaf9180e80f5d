import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import type { Check } from "./check.ts";
import type { EnrollmentForm } from "./wish.ts";
import { warningWords } from "./words.ts";

/** What else the user should know before pressing the button. */
export function Notes({ check, wish }: { check: Check; wish: EnrollmentForm }) {
  const { data } = useQuery({ ...sequenceQuery(wish.sequenceId ?? ""), enabled: wish.sequenceId !== null });
  const notes = [
    data?.emailer_campaign.active === false &&
      !wish.startsAt &&
      t("The sequence is inactive. Contacts will wait until it is activated."),
    data?.emailer_campaign.num_steps === 0 && t("The sequence has no steps yet, so nothing will be sent."),
    ...check.warnings.map(warningWords),
    check.credits && creditWords(check.credits),
  ].filter((note) => typeof note === "string");
  return (
    <ul className="bullets small soft">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function creditWords({ least, expected, most }: NonNullable<Check["credits"]>) {
  if (most === 0) return t("Costs no credits.");
  return least === most
    ? t("Costs {expected, plural, one {# credit} other {# credits}}.", { expected })
    : t(
        "Costs about {expected, plural, one {# credit} other {# credits}}: {least} at least, {most} at most.",
        { expected, least, most },
      );
}
