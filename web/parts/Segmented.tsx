import { SegmentedControl, type SegmentedControlProps, Select } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { t } from "../language/t.ts";

const ROOM_ON_PHONE = 340;
const OF_A_LETTER = 7.2;
const AROUND_ONE = 20;

type Props = SegmentedControlProps & {
  /** Pixels, where there are fewer than on the page. */
  room?: number;
};

/** One of a few: beside each other where they have room, else one line that unfolds. Nothing wraps. */
export function Segmented({ data, room, ...rest }: Props) {
  const isPhone = useMediaQuery("(max-width: 29.99em)", undefined, { getInitialValueInEffect: false });
  const choices = data.map((one) => (typeof one === "string" ? { value: one, label: one } : one));
  const words = choices.map(({ label }) => (typeof label === "string" ? label : ""));
  const width = words.reduce((sum, word) => sum + word.length * OF_A_LETTER + AROUND_ONE, 0);
  const fits = isPhone || room !== undefined ? width <= (room ?? ROOM_ON_PHONE) : true;
  if (fits || words.includes("")) return <SegmentedControl data={data} {...rest} />;
  const { value, defaultValue, onChange, disabled, readOnly, className, "aria-label": label } = rest;
  return (
    <Select
      w="100%"
      data={choices.map(({ value: one }, n) => ({ value: one, label: words[n] ?? one }))}
      {...(value !== undefined && { value })}
      {...(defaultValue !== undefined && { defaultValue })}
      {...(className && { className })}
      aria-label={label ?? t("Choose")}
      disabled={disabled ?? false}
      readOnly={readOnly ?? false}
      allowDeselect={false}
      onChange={(next) => next !== null && onChange?.(next)}
    />
  );
}
