import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { Figure } from "../team/Figure.tsx";
import { ConfirmRetention } from "./ConfirmRetention.tsx";
import { Counted } from "./Counted.tsx";
import { type RetentionRule, recordQuery, retentionQuery } from "./queries.ts";
import classes from "./Retention.module.css";
import { KIND_WORDS } from "./words.ts";

/** How long each kind of data is kept. Nothing is deleted until a number is set. */
export function Retention() {
  const { data, error, refetch } = useQuery(retentionQuery);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return data ? <Rules key={keptOf(data)} before={data} /> : null;
}

const keptOf = (rules: readonly RetentionRule[]) => rules.map(({ keep_days }) => keep_days).join();

const wishesOf = (rules: readonly RetentionRule[]) =>
  rules.map(({ kind, keep_days }) => ({ kind, keep_days }));

function Rules({ before }: { before: RetentionRule[] }) {
  const [rules, setRules] = useState(before);
  const [asks, setAsks] = useState(false);
  const queries = useQueryClient();
  const write = async (to: readonly RetentionRule[]) => {
    await api.dataRetention.update({ rules: wishesOf(to) });
    await Promise.all(
      [retentionQuery, recordQuery].map(({ queryKey }) => queries.invalidateQueries({ queryKey })),
    );
  };
  const save = useMutation({
    mutationFn: () => write(rules),
    onSuccess: () => {
      setAsks(false);
      toast(t("Rules saved."), { undo: () => write(before) });
    },
  });
  const count = useMutation({ mutationFn: () => api.dataRetention.preview({ rules: wishesOf(rules) }) });
  const changed = rules.filter((rule, n) => rule.keep_days !== before[n]?.keep_days);
  const deletesMore = changed.filter(({ kind, keep_days }) => {
    const old = before.find((rule) => rule.kind === kind)?.keep_days ?? Number.POSITIVE_INFINITY;
    return keep_days !== null && keep_days < old;
  });
  const change = (kind: RetentionRule["kind"], keep_days: number | null) => {
    count.reset();
    setRules(rules.map((rule) => (rule.kind === kind ? { ...rule, keep_days } : rule)));
  };
  return (
    <Section
      title={t("How long data is kept")}
      note={t("Data that is older is deleted once a day and cannot be restored.")}
    >
      <ul className={classes.rules}>
        {rules.map((rule) => (
          <Rule key={rule.kind} rule={rule} onChange={(days) => change(rule.kind, days)} />
        ))}
      </ul>
      {count.data && <Counted counts={count.data.counts} />}
      <Trouble error={count.error ?? (asks ? null : save.error)} doing="writing" />
      <div className={classes.verbs}>
        <Button
          variant="default"
          loading={count.isPending}
          disabled={rules.every(({ keep_days }) => keep_days === null)}
          onClick={() => count.mutate()}
        >
          {t("Count what would be deleted")}
        </Button>
        <Button
          loading={save.isPending}
          disabled={changed.length === 0}
          onClick={() => (deletesMore.length > 0 ? setAsks(true) : save.mutate())}
        >
          {t("Save rules")}
        </Button>
      </div>
      {asks && (
        <ConfirmRetention
          wishes={wishesOf(deletesMore)}
          isBusy={save.isPending}
          error={save.error}
          onConfirm={() => save.mutate()}
          onClose={() => setAsks(false)}
        />
      )}
    </Section>
  );
}

function Rule({ rule, onChange }: { rule: RetentionRule; onChange: (days: number | null) => void }) {
  const { name, what } = KIND_WORDS[rule.kind];
  return (
    <li className={classes.rule}>
      <div>
        <p className={classes.name}>{name}</p>
        <p className="soft small">{what}</p>
        <p className="soft small">
          {rule.deleted > 0 && t("{count, number} deleted so far.", { count: rule.deleted })}{" "}
          {rule.next_run_at && (
            <>
              {t("Next run:")} <Moment at={rule.next_run_at} />
            </>
          )}
        </p>
      </div>
      <Figure
        label={t("Delete after days")}
        placeholder={t("Never")}
        aria-label={t("{name}: delete after days", { name })}
        mayBeEmpty
        min={30}
        max={36_500}
        allowDecimal={false}
        value={rule.keep_days}
        onChange={onChange}
      />
    </li>
  );
}
