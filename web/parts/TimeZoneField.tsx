import { Select, type SelectProps } from "@mantine/core";
import { t } from "../language/t.ts";
import { currentTime } from "./current-time.ts";
import { clockIn } from "./when.ts";

type Props = Omit<SelectProps, "data" | "value" | "onChange"> & {
  value: string;
  onChange: (zone: string) => void;
};

/** Every zone the platform knows, with the time it is there, because names alone mislead. */
export function TimeZoneField({ value, onChange, ...props }: Props) {
  return (
    <Select
      searchable
      limit={80}
      data={zonesWith(value)}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
      description={value && t("Local time: {value}", { value: clockIn(value, currentTime()) })}
      nothingFoundMessage={t("No time zone found. Try a large city nearby.")}
      {...props}
    />
  );
}

export function guessTimeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** The list may lack UTC, and the old names that servers and browsers still report. */
function zonesWith(value: string) {
  const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);
  if (value) zones.add(value);
  return [...zones].sort().map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}
