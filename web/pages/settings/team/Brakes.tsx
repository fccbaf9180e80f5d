import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api, useIsAdmin } from "../../../session.ts";
import { AdminsFields } from "./AdminsFields.tsx";
import classes from "./Brakes.module.css";
import { BrakesOn, Simulated } from "./BrakesOn.tsx";
import { changedRules } from "./changed-rules.ts";
import { Figure } from "./Figure.tsx";
import { type BrakeRule, brakesQuery, TOLD } from "./queries.ts";

/** What holds emails because too many came back: which brakes are on, and from which figures on they are set. */
export function Brakes() {
  const { data, error, refetch } = useQuery(brakesQuery);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return data ? <Whole key={JSON.stringify(data.rules)} before={data.rules} brakes={data.brakes} /> : null;
}

type Cause = BrakeRule["cause"];
const NAMES: Record<Cause, string> = perLanguage(() => ({
  bounces: t("Bounces"),
  complaints: t("Spam reports"),
  blocks: t("Emails blocked by providers"),
  replies: t("Sudden fall of replies"),
}));

type WholeProps = { before: BrakeRule[]; brakes: Parameters<typeof BrakesOn>[0]["brakes"] };

function Whole({ before, brakes }: WholeProps) {
  const isAdmin = useIsAdmin();
  const [rules, setRules] = useState(before);
  const queries = useQueryClient();
  const write = async (to: BrakeRule[], from: BrakeRule[]) => {
    await api.brakes.update({ rules: changedRules(to, from) });
    await Promise.all(TOLD.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  // Told here: a form with other rules has replaced this one by then.
  const save = useMutation({
    mutationFn: (wish: BrakeRule[]) => write(wish, before),
    onSuccess: (_, saved) => toast(t("Brakes saved."), { undo: () => write(before, saved) }),
  });
  const simulate = useMutation({ mutationFn: (wish: BrakeRule[]) => api.brakes.simulate({ rules: wish }) });
  const change = (cause: Cause, to: Partial<BrakeRule>) => {
    simulate.reset();
    setRules(rules.map((rule) => (rule.cause === cause ? { ...rule, ...to } : rule)));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(rules);
      }}
    >
      <Section
        title={t("Brakes")}
        note={t(
          "Hold emails of a mailbox, a sequence or the team when too many come back. First emails are held first, then all emails of sequences.",
        )}
      >
        <BrakesOn brakes={brakes} />
        <AdminsFields>
          <ul className={classes.rules}>
            {rules.map((rule) => (
              <li key={rule.cause}>
                <Rule name={NAMES[rule.cause]} rule={rule} onChange={(to) => change(rule.cause, to)} />
              </li>
            ))}
          </ul>
        </AdminsFields>
        {simulate.data && <Simulated answer={simulate.data} />}
        <Trouble error={save.error ?? simulate.error} doing="writing" />
        {isAdmin && (
          <div className={classes.verbs}>
            <Button variant="default" loading={simulate.isPending} onClick={() => simulate.mutate(rules)}>
              {t("Try on the last 90 days")}
            </Button>
            <Button
              type="submit"
              loading={save.isPending}
              disabled={JSON.stringify(rules) === JSON.stringify(before)}
            >
              {t("Save brakes")}
            </Button>
          </div>
        )}
      </Section>
    </form>
  );
}

type RuleProps = { name: string; rule: BrakeRule; onChange: (to: Partial<BrakeRule>) => void };

function Rule({ name, rule, onChange }: RuleProps) {
  return (
    <fieldset className={classes.rule} aria-label={name}>
      <Checkbox
        label={name}
        checked={rule.enabled}
        onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
      />
      <Figure
        label={t("Hold first emails from %")}
        min={0.01}
        max={100}
        value={rule.first_steps_at_percent}
        onChange={(percent) => percent !== null && onChange({ first_steps_at_percent: percent })}
      />
      <Figure
        label={t("Hold all from % (empty: never)")}
        mayBeEmpty
        min={0.01}
        max={100}
        value={rule.pause_at_percent}
        onChange={(percent) => onChange({ pause_at_percent: percent })}
      />
      <Figure
        label={t("In days")}
        min={1}
        max={60}
        allowDecimal={false}
        value={rule.days}
        onChange={(days) => days !== null && onChange({ days })}
      />
      <Figure
        label={t("Least emails")}
        min={10}
        max={100_000}
        allowDecimal={false}
        value={rule.min_emails}
        onChange={(emails) => emails !== null && onChange({ min_emails: emails })}
      />
    </fieldset>
  );
}
