import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useState } from "react";

type FigureProps = Pick<NumberInputProps, "label" | "allowDecimal" | "placeholder" | "aria-label"> & {
  value: number | null;
  min: number;
  max: number;
  /** Null where the field may stay empty and was emptied. */
  onChange: (value: number | null) => void;
  mayBeEmpty?: boolean;
};

/** A number that may be unfinished while it is typed, as `0` on the way to `0.1`. Left so, it is again what it was. */
export function Figure({ value, min, max, onChange, mayBeEmpty = false, ...shown }: FigureProps) {
  const [typed, setTyped] = useState<number | string>(value ?? "");
  return (
    <NumberInput
      {...shown}
      min={min}
      max={max}
      clampBehavior="none"
      value={typed}
      onBlur={() => setTyped(value ?? "")}
      onChange={(to) => {
        setTyped(to);
        if (to === "" && mayBeEmpty) onChange(null);
        const number = Number(to);
        if (to !== "" && number >= min && number <= max) onChange(number);
      }}
    />
  );
}
