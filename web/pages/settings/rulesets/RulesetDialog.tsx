import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Ruleset, useDeleteRuleset, useSaveRuleset } from "./queries.ts";
import { NumberRule } from "./RuleField.tsx";
import { RuleFields } from "./RuleFields.tsx";
import { StageMoves } from "./StageMoves.tsx";
import { inheritedBy } from "./words.ts";

type Props = { ruleset: Ruleset | null; usual: Ruleset | undefined; onClose: () => void };

/** Adds a ruleset, or changes one for every sequence that uses it. */
export function RulesetDialog({ ruleset, usual, onClose }: Props) {
  const before = valuesOf(ruleset);
  const [values, setValues] = useState(before);
  const change = (next: Partial<Values>) => setValues((now) => ({ ...now, ...next }));
  const [save, remove] = [useSaveRuleset(), useDeleteRuleset()];
  const rules = inheritedBy(ruleset, usual);
  const silent = t("Default");
  const send = () =>
    save.mutate(wishOf(ruleset, values), {
      onSuccess: () => {
        const undo = ruleset && { undo: () => save.mutateAsync(wishOf(ruleset, before)) };
        toast(
          ruleset ? t("{name} saved.", { name: values.name }) : t("{name} added.", { name: values.name }),
          undo ?? {},
        );
        onClose();
      },
    });
  const takeAway = ({ id, name }: Ruleset) =>
    remove.mutate(id, {
      onSuccess: () => {
        toast(t("Ruleset {name} deleted.", { name }));
        onClose();
      },
    });
  return (
    <Dialog onClose={onClose} title={ruleset ? t("Edit ruleset") : t("Add a ruleset")} size="lg">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {ruleset && ruleset.num_sequences > 0 && (
          <p className="soft">
            {t(
              "Changes will apply at once to {num_sequences, plural, one {# sequence} other {# sequences}}. You can delete the ruleset when no sequence uses it.",
              { num_sequences: ruleset.num_sequences },
            )}
          </p>
        )}
        <TextInput
          label={t("Name")}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          value={values.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <RuleFields values={values} change={change} rules={rules} silent={silent} isReadOnly={false} />
        <NumberRule
          label={t("Daily email limit per sequence")}
          value={values.max_emails_per_day}
          rule={rules.max_emails_per_day}
          silent={t("No limit")}
          none={t("no limit")}
          min={0}
          max={1_000_000}
          isReadOnly={false}
          onChange={(max_emails_per_day) => change({ max_emails_per_day })}
        />
        <NumberRule
          label={t("Daily limit of new contacts per sequence")}
          value={values.max_new_contacts_per_day}
          rule={rules.max_new_contacts_per_day}
          silent={t("No limit")}
          none={t("no limit")}
          min={0}
          max={1_000_000}
          isReadOnly={false}
          onChange={(max_new_contacts_per_day) => change({ max_new_contacts_per_day })}
        />
        <Section title={t("Stages")} note={t("Email events move the contact to a stage.")}>
          <StageMoves
            mapping={values.contact_email_event_to_stage_mapping}
            silent={t("Keep stage")}
            isReadOnly={false}
            onChange={(mapping) => change({ contact_email_event_to_stage_mapping: mapping })}
          />
        </Section>
        <Checkbox
          label={t("Default")}
          description={t("Used by every sequence without its own ruleset.")}
          disabled={ruleset?.default ?? false}
          checked={values.default}
          onChange={(event) => change({ default: event.currentTarget.checked })}
        />
        <Trouble error={save.error ?? remove.error} doing="writing" />
        <div className="row end">
          {ruleset && !ruleset.default && ruleset.num_sequences === 0 && (
            <Button variant="default" mr="auto" loading={remove.isPending} onClick={() => takeAway(ruleset)}>
              {t("Delete")}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {ruleset ? t("Save") : t("Add ruleset")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Values = ReturnType<typeof valuesOf>;

const SILENT = {
  mark_finished_if_reply: null,
  mark_finished_if_click: null,
  mark_finished_if_interested: null,
  mark_paused_if_ooo: null,
  days_to_wait_before_mark_as_response: null,
  same_account_reply_policy_cd: null,
  same_account_reply_delay_days: null,
  same_account_reply_scope: null,
  create_task_if_email_open: null,
  email_open_trigger_task_threshold: null,
  max_emails_per_day: null,
  max_new_contacts_per_day: null,
  contact_email_event_to_stage_mapping: {},
};

function valuesOf(
  ruleset: Ruleset | null,
): Omit<Ruleset, "id" | "num_sequences" | "created_at" | "updated_at"> {
  if (!ruleset) return { ...SILENT, name: "", default: false, ignore_apollo_global_email_bounce_list: null };
  const { id: _id, num_sequences: _used, created_at: _made, updated_at: _changed, ...values } = ruleset;
  return values;
}

/** The default stays it until another one is made so. */
function wishOf(ruleset: Ruleset | null, { default: isDefault, ...values }: Values) {
  return {
    ...values,
    name: values.name.trim(),
    id: ruleset?.id ?? null,
    ...(isDefault && { default: true }),
  };
}
