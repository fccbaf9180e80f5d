import { ActionIcon, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api, useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { ASK_OWNER, type Right, useRights } from "../sequences/access.ts";
import { type Sequence, type SequenceChange, useChangeShownSequence } from "../sequences/queries.ts";
import classes from "./SettingsTab.module.css";

const RIGHTS: { value: Right; label: string }[] = perLanguage(() => [
  { value: "can_view", label: t("Can view") },
  { value: "can_edit", label: t("Can edit") },
  { value: "full_access", label: t("Full access") },
]);

const EVERYBODY = perLanguage(() => [
  { value: "restricted", label: t("Only the owner, admins and users below") },
  { value: "can_view", label: t("The whole team can view") },
  { value: "can_edit", label: t("The whole team can edit") },
  { value: "full_access", label: t("The whole team has full access") },
]);

/** Who sees it and who changes it. Saved at once, because it is about others. */
export function SharingPart({ sequence }: { sequence: Sequence }) {
  const { mayManage } = useRights(sequence);
  const { data: people = [] } = usePeople();
  const { data: groups = [] } = useQuery({
    queryKey: ["subteams"],
    queryFn: async () => (await api.subteams.list()).subteams,
  });
  const { team } = useMe();
  const change = useChangeShownSequence((now) => now.sharing_permission);
  const { visibility, access_type, sharing_accesses: shares, owner_id } = sequence.sharing_permission;
  const share = (sharing_permission: NonNullable<SequenceChange["sharing_permission"]>) =>
    change.mutate({ change: { sharing_permission }, shown: sequence });
  const names = new Map([
    ...people.map(({ id, name }) => [id, name] as const),
    ...groups.map(({ id, name }) => [id, `${name} (group)`] as const),
    [team.id, t("{name} (whole team)", { name: team.name })] as const,
  ]);
  const known = new Set([...shares.map((one) => one.user_or_team_id), owner_id]);
  const others = [
    ...people.filter(({ id, state }) => !known.has(id) && state !== "deactivated"),
    ...groups.filter(({ id }) => !known.has(id)),
  ];
  const groupIds = new Set(groups.map(({ id }) => id));
  return (
    <Section title={t("Sharing")} note={mayManage ? t("Changes apply at once.") : ASK_OWNER.manage}>
      <Select
        label={t("Team access")}
        data={EVERYBODY}
        value={visibility === "restricted" ? "restricted" : (access_type ?? "can_view")}
        disabled={!mayManage || change.isPending}
        onChange={(word) =>
          word === "restricted"
            ? share({ visibility: "restricted" })
            : share({ visibility: "everyone", access_type: word as Right })
        }
      />
      {shares.length > 0 && (
        <ul className={classes.shares} aria-label={t("Shared with")}>
          {shares.map(({ user_or_team_id: id, access_type: right }) => (
            <li key={id} className={classes.share}>
              <span>{names.get(id) ?? t("Deleted user")}</span>
              <Select
                aria-label={t("Access of {id}", { id: names.get(id) ?? t("deleted user") })}
                data={RIGHTS}
                value={right}
                disabled={!mayManage || change.isPending}
                onChange={(next) =>
                  share({ updated_sharing_accesses: [{ user_or_team_id: id, access_type: next as Right }] })
                }
              />
              {mayManage && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("Stop sharing with {id}", { id: names.get(id) ?? t("deleted user") })}
                  onClick={() => share({ deleted_sharing_accesses: [{ user_or_team_id: id }] })}
                >
                  <IconX size="1rem" stroke={1.75} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayManage && (
        <Select
          label={t("Share with a user or group")}
          placeholder={t("Search by name")}
          searchable
          value={null}
          data={others.map(({ id }) => ({ value: id, label: names.get(id) ?? id }))}
          nothingFoundMessage={t("No other user or group found.")}
          onChange={(id) =>
            id &&
            share({
              added_sharing_accesses: [
                {
                  user_or_team_id: id,
                  user_or_team_type: groupIds.has(id) ? "subteam" : "user",
                  access_type: "can_view",
                },
              ],
            })
          }
        />
      )}
      <Trouble error={change.error} doing="writing" />
    </Section>
  );
}
