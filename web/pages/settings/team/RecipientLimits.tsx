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

type Limit = Team["recipient_limits"][number];

/** How much each mailbox sends to one mail provider or one domain. */
export function RecipientLimits() {
  const { data, error, refetch } = useQuery(teamQuery);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return data ? <Limits key={data.id} before={data.recipient_limits} /> : null;
}

const MOST = 12;
const NEW: Limit = { to: "provider", provider: null, most: 20, per: "hour" };
const EACH = "each";
const DOMAIN = "domain";
const WHOM = perLanguage(() => [
  { value: EACH, label: t("each mail provider") },
  { value: DOMAIN, label: t("each company domain") },
  { value: "google", label: t("Google") },
  { value: "microsoft", label: t("Microsoft") },
  { value: "yahoo", label: t("Yahoo, AOL") },
  { value: "apple", label: t("Apple") },
  { value: "gmx", label: t("GMX, WEB.DE") },
  { value: "telekom", label: t("Telekom") },
  { value: "ionos", label: t("IONOS") },
  { value: "zoho", label: t("Zoho") },
  { value: "mimecast", label: t("Mimecast") },
  { value: "proofpoint", label: t("Proofpoint") },
  { value: "barracuda", label: t("Barracuda") },
  { value: "cisco", label: t("Cisco") },
  { value: "trend_micro", label: t("Trend Micro") },
  { value: "sophos", label: t("Sophos") },
  { value: "hornetsecurity", label: t("Hornetsecurity") },
  { value: "broadcom", label: t("Broadcom (Symantec)") },
]);
const PERIODS = perLanguage(() => [
  { value: "hour", label: t("hour") },
  { value: "day", label: t("24 hours") },
]);

function Limits({ before }: { before: Limit[] }) {
  const kept = useKept("recipient-limits", before);
  const limits = kept.value;
  const setLimits = (next: Limit[]) => kept.keep(() => next);
  const save = useSaveTeam((team) => team.recipient_limits);
  const change = (at: number, to: Partial<Limit>) =>
    setLimits(limits.map((limit, n) => (n === at ? { ...limit, ...to } : limit)));
  const send = () =>
    save.mutate(
      { recipient_limits: limits, before },
      {
        onSuccess: () =>
          toast(t("Mail provider limits saved."), {
            undo: () => save.mutateAsync({ recipient_limits: before, before: null }),
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
        title={t("Mail provider limits")}
        note={t(
          "How many emails each mailbox sends to recipients at one mail provider or one domain. Providers are found by the domain's MX records. A domain whose provider is not known counts by itself. Emails over the limit wait.",
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
              {t("Add a mail provider limit")}
            </Button>
          )}
          <Button
            type="submit"
            loading={save.isPending}
            disabled={JSON.stringify(limits) === JSON.stringify(before)}
          >
            {t("Save mail provider limits")}
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
  const whom = limit.to === "domain" ? DOMAIN : (limit.provider ?? EACH);
  return (
    <fieldset className={classes.throttle} aria-label={t("Mail provider limit {place}", { place })}>
      <NumberInput
        label={t("At most")}
        min={0}
        max={100_000}
        allowDecimal={false}
        value={limit.most}
        onChange={(most) => onChange({ most: Number(most) || 0 })}
      />
      <Select
        label={t("Emails to")}
        data={[...WHOM]}
        allowDeselect={false}
        value={whom}
        onChange={(value) => onChange(whomFrom(value))}
      />
      <Select
        label={t("Per")}
        data={[...PERIODS]}
        allowDeselect={false}
        value={limit.per}
        onChange={(per) => onChange({ per: per as Limit["per"] })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("Remove mail provider limit {place}", { place })}
        onClick={onRemove}
      >
        <IconTrash size="1rem" stroke={1.75} />
      </ActionIcon>
    </fieldset>
  );
}

function whomFrom(value: string | null): Pick<Limit, "to" | "provider"> {
  if (value === DOMAIN) return { to: "domain", provider: null };
  return { to: "provider", provider: value === null || value === EACH ? null : (value as Limit["provider"]) };
}
