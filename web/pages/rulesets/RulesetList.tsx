import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { count } from "../sequences/numbers.ts";
import { type Ruleset, rulesetsQuery } from "./queries.ts";
import { RulesetDialog } from "./RulesetDialog.tsx";
import { sayRuleset } from "./words.ts";

/** What follows from answers, clicks and absences, said once for many sequences. */
export function RulesetList() {
  const rulesets = useQuery(rulesetsQuery);
  const [address, change] = useAddress();
  const opened = rulesets.data?.find(({ id }) => id === address.open);
  const usual = rulesets.data?.find((ruleset) => ruleset.default);
  return (
    <Page
      title="Rulesets"
      state={
        rulesets.data &&
        "What follows from an answer, a click, an absence. A sequence without a ruleset of its own uses the default."
      }
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
          Add a ruleset
        </Button>
      }
    >
      {rulesets.error ? (
        <Trouble error={rulesets.error} onRetry={() => void rulesets.refetch()} />
      ) : (
        <DataTable
          label="Rulesets"
          columns={COLUMNS}
          rows={rulesets.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
        />
      )}
      {address.do === "create" && (
        <RulesetDialog ruleset={null} usual={usual} onClose={() => change({ do: undefined })} />
      )}
      {opened && (
        <RulesetDialog
          key={opened.id}
          ruleset={opened}
          usual={usual}
          onClose={() => change({ open: undefined })}
        />
      )}
    </Page>
  );
}

const COLUMNS: Column<Ruleset>[] = [
  {
    header: "Name",
    width: "26%",
    cell: ({ name, default: isDefault }) => (
      <>
        {name}
        {isDefault && <span className="soft"> (default)</span>}
      </>
    ),
  },
  { header: "Says", width: "50%", cell: sayRuleset },
  { header: "Used by", cell: ({ num_sequences }) => count(num_sequences, "sequence") },
];
