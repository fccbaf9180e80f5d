import { Select } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useMe } from "../../../session.ts";
import { useKeys } from "../api-keys/queries.ts";
import { usePeople } from "../people/queries.ts";
import classes from "./HistoryFilter.module.css";
import { KINDS } from "./kinds.ts";
import type { AuditLogFilter } from "./queries.ts";

type Props = { value: AuditLogFilter; onChange: (filter: AuditLogFilter) => void };

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
    nothingFoundMessage: t("No matches"),
  };
  return (
    <div className={classes.filter}>
      <Select
        label={t("By")}
        placeholder={t("Anyone")}
        data={grouped([t("Users"), persons], [t("API keys"), named])}
        value={value.person ?? null}
        onChange={(person) => onChange({ ...value, person: person ?? undefined })}
        {...common}
      />
      <Select
        label={t("About")}
        placeholder={t("Anything")}
        data={grouped(
          [t("Team"), [{ value: team.id, label: team.name }]],
          [t("Users"), persons],
          [t("API keys"), named],
        )}
        value={value.about ?? null}
        onChange={(about) => onChange({ ...value, about: about ?? undefined })}
        {...common}
      />
      <Select
        label={t("Event type")}
        placeholder={t("All events")}
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
