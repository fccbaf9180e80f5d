import { Checkbox, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import classes from "./ScopePicker.module.css";
import { findScopes, SCOPE_GROUPS, type ScopeGroup } from "./scopes.ts";

type Props = { value: readonly string[]; onChange: (scopes: string[]) => void };

/** Chooses calls by noun, with a search, because the contract will have hundreds. */
export function ScopePicker({ value, onChange }: Props) {
  const [query, setQuery] = useState("");
  const groups = findScopes(SCOPE_GROUPS, query);
  const chosen = new Set(value);
  const set = (names: readonly string[], isOn: boolean) => {
    const next = new Set(chosen);
    for (const name of names) isOn ? next.add(name) : next.delete(name);
    onChange([...next]);
  };
  return (
    <fieldset className={classes.picker}>
      <legend className={classes.legend}>{t("Allowed calls")}</legend>
      <div className={classes.search}>
        <TextInput
          aria-label={t("Search calls")}
          placeholder={t("Search calls")}
          leftSection={<IconSearch size="0.875rem" aria-hidden />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <span className="soft small" role="status">
          {t("{chosen} selected", { chosen: chosen.size })}
        </span>
      </div>
      <div className={classes.groups}>
        {groups.map((group) => (
          <Group key={group.noun} group={group} chosen={chosen} onSet={set} />
        ))}
        {groups.length === 0 && <p className="soft small">{t("No calls found.")}</p>}
      </div>
    </fieldset>
  );
}

type GroupProps = {
  group: ScopeGroup;
  chosen: ReadonlySet<string>;
  onSet: (names: readonly string[], isOn: boolean) => void;
};

function Group({ group: { noun, scopes }, chosen, onSet }: GroupProps) {
  const names = scopes.map(({ name }) => name);
  const count = names.filter((name) => chosen.has(name)).length;
  return (
    <div className={classes.group}>
      <Checkbox
        label={noun}
        fw={600}
        checked={count === names.length}
        indeterminate={count > 0 && count < names.length}
        onChange={(event) => onSet(names, event.currentTarget.checked)}
      />
      {scopes.map(({ name, summary }) => (
        <Checkbox
          key={name}
          ml={24}
          label={summary}
          description={<code>{name}</code>}
          checked={chosen.has(name)}
          onChange={(event) => onSet([name], event.currentTarget.checked)}
        />
      ))}
    </div>
  );
}
