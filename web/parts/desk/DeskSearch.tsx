import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { t } from "../../language/t.ts";
import { useAddress } from "../address.ts";

/** Narrows a desk's list to what has the words, once Enter is pressed; the words stand in the address. */
export function DeskSearch({ label, children }: { label: string; children?: ReactNode }) {
  const [address, change] = useAddress();
  const [words, setWords] = useState(address.q ?? "");
  return (
    <form
      className="row"
      style={{ flexWrap: "nowrap" }}
      onSubmit={(event) => {
        event.preventDefault();
        change({ q: words.trim() || undefined, open: undefined });
      }}
    >
      <TextInput
        aria-label={label}
        placeholder={t("Search")}
        style={{ flex: 1 }}
        leftSection={<IconSearch size="0.875rem" />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {children}
    </form>
  );
}
