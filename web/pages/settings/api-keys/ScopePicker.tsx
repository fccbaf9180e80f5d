import { Button, Checkbox, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { PasteCalls } from "./PasteCalls.tsx";
import { READY_SETS } from "./ready-sets.ts";
import classes from "./ScopePicker.module.css";
import { SCOPE_GROUPS, type ScopeGroup } from "./scope-groups.ts";
import { findScopes, whyNotOffered } from "./scopes.ts";

type Props = { value: readonly string[]; onChange: (scopes: string[]) => void };

/** Chooses calls: by a ready set, from a program's text, or one by one with a search, because there are hundreds. */
export function ScopePicker({ value, onChange }: Props) {
  const [query, setQuery] = useState("");
  const groups = findScopes(SCOPE_GROUPS, query);
  const why = whyNotOffered(query);
  const chosen = new Set(value);
  const set = (names: readonly string[], isOn: boolean) => {
    const next = new Set(chosen);
    for (const name of names) isOn ? next.add(name) : next.delete(name);
    onChange([...next]);
  };
  return (
    <fieldset className={classes.picker}>
      <legend className={classes.legend}>{t("Allowed calls")}</legend>
      <ReadySets onAdd={(scopes) => set(scopes, true)} />
      <PasteCalls onFound={(scopes) => set(scopes, true)} />
      <div className={classes.search}>
        <TextInput
          aria-label={t("Search calls")}
          placeholder={t("Search calls, for example POST /contacts")}
          leftSection={<IconSearch size="0.875rem" aria-hidden />}
          style={{ flex: "1 1 16rem" }}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          // Enter would send the form around it.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
        <span className="soft small" role="status">
          {t("{chosen} selected", { chosen: chosen.size })}
        </span>
      </div>
      <div className={classes.groups}>
        {why && (
          <p className="small" role="status">
            {why}
          </p>
        )}
        {query.trim() === "" && (
          <Checkbox
            label={t("Read everything")}
            description={t("Every call that changes nothing")}
            fw={600}
            checked={chosen.has("read_only")}
            onChange={(event) => set(["read_only"], event.currentTarget.checked)}
          />
        )}
        {groups.map((group) => (
          <Group key={group.title} group={group} chosen={chosen} onSet={set} />
        ))}
        {groups.length === 0 && why === null && <p className="soft small">{t("No calls found.")}</p>}
      </div>
    </fieldset>
  );
}

function ReadySets({ onAdd }: { onAdd: (scopes: readonly string[]) => void }) {
  return (
    <div className={classes.bar}>
      <span className="soft small">{t("Select for:")}</span>
      {READY_SETS.map(({ name, says, scopes }) => (
        <Button key={name} size="compact-xs" variant="default" title={says} onClick={() => onAdd(scopes)}>
          {name}
        </Button>
      ))}
    </div>
  );
}

type GroupProps = {
  group: ScopeGroup;
  chosen: ReadonlySet<string>;
  onSet: (names: readonly string[], isOn: boolean) => void;
};

function Group({ group: { title, scopes }, chosen, onSet }: GroupProps) {
  const names = scopes.map(({ name }) => name);
  const count = names.filter((name) => chosen.has(name)).length;
  return (
    <div className={classes.group}>
      <Checkbox
        label={title}
        fw={600}
        checked={count === names.length}
        indeterminate={count > 0 && count < names.length}
        onChange={(event) => onSet(names, event.currentTarget.checked)}
      />
      {scopes.map(({ name, summary, calls }) => (
        <Checkbox
          key={name}
          ml={24}
          label={summary}
          description={
            <>
              {calls.map(({ method, path }) => (
                <code key={`${method} ${path}`} className={classes.call}>
                  {method} {path}
                </code>
              ))}
              <code className={classes.scope}>{name}</code>
            </>
          }
          checked={chosen.has(name)}
          onChange={(event) => onSet([name], event.currentTarget.checked)}
        />
      ))}
    </div>
  );
}
