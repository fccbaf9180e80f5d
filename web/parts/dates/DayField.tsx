import { t } from "../../language/t.ts";
import { currentTime } from "../current-time.ts";
import "@mantine/dates/styles.css";
import { DateInput, type DateInputProps } from "@mantine/dates";
import { readDay } from "./reading.ts";
import { type DayBounds, useDayBounds } from "./useDayBounds.ts";
import { useMonth } from "./useMonth.ts";

type Props = Pick<
  DateInputProps,
  | "label"
  | "aria-label"
  | "description"
  | "placeholder"
  | "clearable"
  | "disabled"
  | "w"
  | "autoFocus"
  | "onBlur"
  | "onKeyDown"
  | "classNames"
  | "error"
> &
  DayBounds & {
    /** As "2026-11-27". */
    value: string | null;
    onChange: (day: string | null) => void;
    /** In something that closes as soon as one presses outside of it: the month opens in there, too. */
    isInside?: true;
  };

/** A day: typed in any of the ways people write one, or chosen from the month. */
export function DayField({
  value,
  onChange,
  placeholder = t("Choose a date"),
  isInside,
  from,
  until,
  ...rest
}: Props) {
  return (
    <DateInput
      {...useMonth(isInside)}
      {...useDayBounds({ from, until })}
      {...rest}
      placeholder={placeholder}
      valueFormat="ddd D MMM YYYY"
      dateParser={(text) => readDay(text, currentTime())}
      value={value}
      onChange={onChange}
    />
  );
}
