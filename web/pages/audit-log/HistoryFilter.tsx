import { Select } from "@mantine/core";
import { useMe } from "../../session.ts";
import { useKeys } from "../api-keys/queries.ts";
import { usePeople } from "../people/queries.ts";
import classes from "./HistoryFilter.module.css";
import { KINDS } from "./kinds.ts";
import type { Filter } from "./queries.ts";

type Props = { value: Filter; onChange: (filter: Filter) => void };

export function HistoryFilter({ value, onChange }: Props) {
  const { team } = useMe();
  const { data: people = [] } = usePeople();
  const { data: keys = [] } = useKeys();
  const persons = people.map(({ id, name }) => ({ value: id, label: name }));
  const named = keys.map(({ id, name, prefix }) => ({ value: id, label: `${name} (${prefix}…)` }));
  const common = {
    searchable: true,
    clearable: true,
    allowDeselect: true,
    nothingFoundMessage: "Nobody by that name",
  };
  return (
    <div className={classes.filter}>
      <Select
        label="By"
        placeholder="Anybody"
        data={grouped(["People", persons], ["API keys", named])}
        value={value.person ?? null}
        onChange={(person) => onChange({ ...value, person: person ?? undefined })}
        {...common}
      />
      <Select
        label="About"
        placeholder="Anything"
        data={grouped(
          ["Team", [{ value: team.id, label: team.name }]],
          ["People", persons],
          ["API keys", named],
        )}
        value={value.about ?? null}
        onChange={(about) => onChange({ ...value, about: about ?? undefined })}
        {...common}
      />
      <Select
        label="What"
        placeholder="Everything"
        data={KINDS.map(({ value, label }) => ({ value, label }))}
        value={KINDS.some(({ value: known }) => known === value.kind) ? (value.kind ?? null) : null}
        onChange={(kind) => onChange({ ...value, kind: kind ?? undefined })}
        clearable
        allowDeselect
      />
    </div>
  );
}

type Choice = { value: string; label: string };

function grouped(...groups: [group: string, items: Choice[]][]) {
  return groups.filter(([, items]) => items.length > 0).map(([group, items]) => ({ group, items }));
}
