import { Pill } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";
import classes from "./OnLists.module.css";
import { type ListOf, useLists } from "./queries.ts";

type Props = { of: ListOf; id: string; listIds: readonly string[] };

/** On which lists a record stands: added and taken off here. */
export function OnLists({ of, id, listIds }: Props) {
  const { data: lists = [] } = useLists(of);
  const on = lists.filter((list) => listIds.includes(list.id));
  const off = lists.filter((list) => !listIds.includes(list.id));
  const { add, remove } = useMembership(of, id);
  return (
    <div className={classes.lists}>
      {on.map(({ id: list, name }) => (
        <Pill
          key={list}
          withRemoveButton
          removeButtonProps={{
            "aria-label": t("Remove from {name}", { name }),
            tabIndex: 0,
            "aria-hidden": false,
          }}
          onRemove={() => remove(name)}
        >
          <Link to="/lists/$id" params={{ id: list }} className={classes.name}>
            {name}
          </Link>
        </Pill>
      ))}
      <ChoiceMenu
        label={t("Add to list")}
        newName={t("Create list")}
        choices={off.map(({ id: list, name }) => ({ value: list, label: name }))}
        onChoose={(_, name) => add(name)}
        button={{ variant: "subtle", color: "gray", leftSection: <IconPlus size="0.75rem" /> }}
      />
    </div>
  );
}

function useMembership(of: ListOf, id: string) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: ({ name, isOn }: { name: string; isOn: boolean }) => {
      const wish = { entity_ids: [id], label_names: [name], modality: of };
      return isOn ? api.labels.addEntityIds(wish) : api.labels.removeEntityIds(wish);
    },
    onSuccess: () =>
      Promise.all(
        ["lists", "contacts", "companies", "story"].map((noun) =>
          queries.invalidateQueries({ queryKey: [noun] }),
        ),
      ),
  });
  const set = (name: string, isOn: boolean) =>
    change.mutate(
      { name, isOn },
      {
        onSuccess: () =>
          toast(isOn ? t("Added to {name}.", { name }) : t("Removed from {name}.", { name }), {
            undo: () => change.mutateAsync({ name, isOn: !isOn }),
          }),
        onError: (error) => toast(accountFor(error, "writing").happened),
      },
    );
  return { add: (name: string) => set(name, true), remove: (name: string) => set(name, false) };
}
