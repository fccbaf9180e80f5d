import { ActionIcon, Button, NumberInput, Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useKept } from "../../../parts/kept.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Team, teamQuery } from "./queries.ts";
import { useSaveTeam } from "./saving.ts";
import classes from "./TouchLimits.module.css";

type Limit = Team["touch_limits"][number];

/** How often anybody is written to or called, over everything the team does. */
export function TouchLimits() {
  const { data, error, refetch } = useQuery(teamQuery);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return data ? <Limits key={data.id} before={data.touch_limits} /> : null;
}

const MOST = 6;
const NEW: Limit = { scope: "person", counts: "touches", most: 4, days: 7 };
const SCOPES = perLanguage(
  () =>
    [
      { value: "person", label: t("one contact") },
      { value: "company", label: t("one company") },
      { value: "domain", label: t("one domain") },
    ] as const,
);
const COUNTED = perLanguage(
  () =>
    [
      { value: "touches", label: t("emails, calls, messages and LinkedIn steps") },
      { value: "emails", label: t("emails only") },
      { value: "new_contacts", label: t("new contacts (first emails)") },
    ] as const,
);

function Limits({ before }: { before: Limit[] }) {
  const kept = useKept("touch-limits", before);
  const limits = kept.value;
  const setLimits = (next: Limit[]) => kept.keep(() => next);
  const save = useSaveTeam((team) => team.touch_limits);
  const change = (at: number, to: Partial<Limit>) =>
    setLimits(limits.map((limit, n) => (n === at ? { ...limit, ...to } : limit)));
  const send = () =>
    save.mutate(
      { touch_limits: limits, before },
      {
        onSuccess: () =>
          toast(t("Contact frequency limits saved."), {
            undo: () => save.mutateAsync({ touch_limits: before, before: null }),
          }),
      },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Section
        title={t("Contact frequency limits")}
        note={t(
          "How often you contact the same contact or company, over all sequences and manual emails. Or how many new contacts of one company your sequences begin with. Steps over the limit wait.",
        )}
      >
        <OtherVersion kept={kept} />
        {limits.length > 0 && (
          <ul className={classes.limits}>
            {limits.map((limit, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a limit is its place in the list
              <li key={n}>
                <OneLimit
                  limit={limit}
                  place={n + 1}
                  onChange={(to) => change(n, to)}
                  onRemove={() => setLimits(limits.filter((_, at) => at !== n))}
                />
              </li>
            ))}
          </ul>
        )}
        <Trouble error={save.error} doing="writing" />
        <div className={classes.verbs}>
          {limits.length < MOST && (
            <Button variant="default" onClick={() => setLimits([...limits, NEW])}>
              {t("Add a limit")}
            </Button>
          )}
          <Button
            type="submit"
            loading={save.isPending}
            disabled={JSON.stringify(limits) === JSON.stringify(before)}
          >
            {t("Save limits")}
          </Button>
        </div>
      </Section>
    </form>
  );
}

type OneProps = {
  limit: Limit;
  place: number;
  onChange: (to: Partial<Limit>) => void;
  onRemove: () => void;
};

function OneLimit({ limit, place, onChange, onRemove }: OneProps) {
  return (
    <fieldset className={classes.limit} aria-label={t("Limit {place}", { place })}>
      <NumberInput
        label={t("At most")}
        min={1}
        max={10_000}
        allowDecimal={false}
        value={limit.most}
        onChange={(most) => onChange({ most: Number(most) || 1 })}
      />
      <Select
        label={t("What counts")}
        data={[...COUNTED]}
        allowDeselect={false}
        value={limit.counts}
        onChange={(counts) => onChange({ counts: counts as Limit["counts"] })}
      />
      <Select
        label={t("To")}
        data={[...SCOPES]}
        allowDeselect={false}
        value={limit.scope}
        onChange={(scope) => onChange({ scope: scope as Limit["scope"] })}
      />
      <NumberInput
        label={t("In days")}
        min={1}
        max={366}
        allowDecimal={false}
        value={limit.days}
        onChange={(days) => onChange({ days: Number(days) || 1 })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("Remove limit {place}", { place })}
        onClick={onRemove}
      >
        <IconTrash size="1rem" stroke={1.75} />
      </ActionIcon>
    </fieldset>
  );
}
