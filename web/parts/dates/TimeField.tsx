import { t } from "../../language/t.ts";
import "@mantine/dates/styles.css";
import { TimePicker, type TimePickerProps } from "@mantine/dates";
import classes from "./TimeField.module.css";

type Props = Pick<TimePickerProps, "label" | "error" | "disabled" | "w" | "size"> & {
  /** What is read out beside hour and minute. */
  name: string;
  /** As "08:30". */
  value: string;
  onChange: (time: string) => void;
};

/** A time of day: hour and minute, typed or turned by the arrows; of twelve hours where the viewer's language has it so. */
export function TimeField({ name, value, onChange, ...rest }: Props) {
  return (
    <TimePicker
      {...rest}
      classNames={{ field: classes.figures ?? "", fieldsGroup: classes.figures ?? "" }}
      format={hasTwelve() ? "12h" : "24h"}
      hoursInputLabel={t("{name}: hour", { name })}
      minutesInputLabel={t("{name}: minute", { name })}
      amPmInputLabel={t("{name}: AM or PM", { name })}
      value={value}
      // An incomplete time is no time: the old one stays until it is complete.
      onChange={(next) => next !== "" && onChange(next.slice(0, 5))}
    />
  );
}

function hasTwelve() {
  return new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12 === true;
}
