import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { DeskFilter } from "../../../parts/desk/DeskFilter.tsx";
import { SequenceChoice } from "../../sequences/sequences/SequenceChoice.tsx";
import { WhoseChoice } from "../../settings/people/WhoseChoice.tsx";
import { MailboxChoice } from "../mailboxes/MailboxChoice.tsx";

export function OutboxFilters() {
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
        aria-label={t("Search emails")}
        placeholder={t("Search")}
        style={{ flex: 1 }}
        leftSection={<IconSearch size="0.875rem" />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <DeskFilter by={["owner", "mailbox", "sequence"]}>
        <WhoseChoice />
        <MailboxChoice />
        <SequenceChoice />
      </DeskFilter>
    </form>
  );
}
