import { Button, Popover, Select } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { t } from "../../language/t.ts";
import { type Address, useAddress } from "../address.ts";

/**
 * The button over a desk's list that says how much it is narrowed, and the choices behind it. A list begins with one's own work,
 * which counts.
 */
export function DeskFilter({ by, children }: { by: readonly (keyof Address)[]; children: ReactNode }) {
  const [address] = useAddress();
  const set = by.filter((name) => (name === "owner" ? address.owner !== "all" : address[name])).length;
  return (
    <Popover width={260} position="bottom-end" trapFocus withArrow={false}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconFilter size="0.875rem" />}
          {...(set > 0 && { "aria-label": t("Filters: {set} active", { set }) })}
        >
          {set ? t("Filters ({set})", { set }) : t("Filter")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack" style={{ gap: 12 }}>
          {children}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

type Choice = { value: string; label: string };
type Props = {
  name: keyof Address;
  label: string;
  choices: readonly Choice[];
  placeholder?: string;
  /** What holds where nothing is said, and so is kept out of the address. */
  usual?: string;
};

/** One thing a list is narrowed to, kept in the address. */
export function FilterChoice({ name, label, choices, placeholder = t("Any"), usual }: Props) {
  const [address, change] = useAddress();
  return (
    <Select
      label={label}
      placeholder={placeholder}
      data={[...choices]}
      value={address[name] ?? usual ?? null}
      onChange={(value) =>
        change({ [name]: value === null || value === usual ? undefined : value, open: undefined })
      }
      clearable={usual === undefined}
      searchable
      comboboxProps={{ withinPortal: false }}
    />
  );
}
