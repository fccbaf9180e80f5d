import { t } from "../../language/t.ts";
import { currentTime } from "../current-time.ts";
import "@mantine/dates/styles.css";
import { DateInput, type DateInputProps } from "@mantine/dates";
import { guessTimeZone } from "../TimeZoneField.tsx";
import { placeOf } from "../told.ts";
import { instantOf, localOf, readMoment } from "./reading.ts";
import { type DayBounds, useDayBounds } from "./useDayBounds.ts";
import { useMonth } from "./useMonth.ts";

type Props = Pick<DateInputProps, "label" | "aria-label" | "placeholder" | "clearable" | "w" | "size"> &
  DayBounds & {
    /** Said under the label, after whose clock it is. */
    note?: string;
    "data-autofocus"?: true;
    value: Date | null;
    onChange: (at: Date | null) => void;
  };

/** A day and a time by the viewer's own clock: typed, or the day chosen from the month and the time kept. */
export function MomentField({
  value,
  onChange,
  note,
  from,
  until,
  placeholder = t("Choose date and time"),
  ...rest
}: Props) {
  const local = value && localOf(value);
  // The month gives a day alone: the time that was there stays.
  const choose = (next: string | null) =>
    onChange(
      next === null ? null : instantOf(next.length > 10 ? next : `${next} ${local?.slice(11) ?? "09:00:00"}`),
    );
  const clock = t("Your time zone: {placeOf}.", { placeOf: placeOf(guessTimeZone()) });
  return (
    <DateInput
      {...useMonth()}
      {...useDayBounds({ from, until })}
      {...rest}
      {...(rest.label && { description: note ? `${clock} ${note}` : clock })}
      placeholder={placeholder}
      withTime
      valueFormat="ddd D MMM YYYY, HH:mm"
      dateParser={(text) => readMoment(text, currentTime(), local)}
      value={local}
      onChange={choose}
    />
  );
}
