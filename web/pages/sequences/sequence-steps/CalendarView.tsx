import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { MomentField } from "../../../parts/dates/MomentField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { placeOf } from "../../../parts/told.ts";
import classes from "./Calendar.module.css";
import { CalendarList } from "./CalendarList.tsx";
import { CalendarMonth } from "./CalendarMonth.tsx";
import { isUnfinished } from "./condition.ts";
import type { useDates } from "./queries.ts";
import { SampleContact } from "./SampleContact.tsx";
import type { Drafting } from "./use-draft.ts";

type Props = { drafting: Drafting; dates: ReturnType<typeof useDates> };

/** On which day and at what time each step would fall for one contact, and why dates are shifted. */
export function CalendarView({ drafting: { draft, isDirty }, dates }: Props) {
  const [address, go] = useAddress();
  const rehearsal = dates.data?.rehearsal;
  const starts = address.from ?? rehearsal?.starts_at;
  // While steps are being added, the answer may still be about the ones before.
  const isCurrent = rehearsal?.steps.length === draft.length;
  return (
    <div className={classes.view}>
      <div className={classes.asked}>
        <SampleContact rehearsal={rehearsal} isShort onChange={(contact) => go({ contact })} />
        <div className={classes.added}>
          <span aria-hidden>{t("Added at")}</span>
          <MomentField
            aria-label={t("Added at")}
            w="14rem"
            value={starts ? new Date(starts) : currentTime()}
            onChange={(at) => go({ from: at?.toISOString() })}
          />
        </div>
      </div>
      <p className="soft small">
        {rehearsal &&
          `${
            rehearsal.uses_contact_time_zone
              ? t("Times are in the contact's time zone, {place}.", { place: placeOf(rehearsal.time_zone) })
              : t("Times are in the time zone {place}.", { place: placeOf(rehearsal.time_zone) })
          } `}
        {t(
          "The calendar does not know limits, replies or pauses, and counts each task as done when it is due.",
        )}
        {isDirty && ` ${t("Unsaved changes are included.")}`}
      </p>
      {draft.some(isUnfinished) && (
        <p role="status">{t("Finish the rules of each branch in the editor to see the dates.")}</p>
      )}
      <Trouble error={dates.error} onRetry={() => void dates.refetch()} />
      {rehearsal && isCurrent && !draft.some(isUnfinished) && (
        <>
          <CalendarMonth draft={draft} rehearsal={rehearsal} />
          <CalendarList draft={draft} rehearsal={rehearsal} />
        </>
      )}
    </div>
  );
}
