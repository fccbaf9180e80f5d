import { Button, Checkbox, TextInput } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKept } from "../../../parts/kept.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Ruleset, useDeleteRuleset, useSaveRuleset } from "./queries.ts";
import { NumberRule } from "./RuleField.tsx";
import { RuleFields } from "./RuleFields.tsx";
import { StageMoves } from "./StageMoves.tsx";
import { type Values, valuesOf } from "./values.ts";
import { inheritedBy } from "./words.ts";

type Props = { ruleset: Ruleset | null; usual: Ruleset | undefined; onClose: () => void };

/** Adds a ruleset, or changes one for every sequence that uses it. */
export function RulesetDialog({ ruleset, usual, onClose }: Props) {
  const before = valuesOf(ruleset);
  const kept = useKept(`ruleset-${ruleset?.id ?? ""}`, before);
  const values = kept.value;
  const change = (next: Partial<Values>) => kept.keep((now) => ({ ...now, ...next }));
  const close = () => {
    kept.forget();
    onClose();
  };
  const [save, remove] = [useSaveRuleset(), useDeleteRuleset()];
  const rules = inheritedBy(ruleset, usual);
  const silent = t("Default");
  const send = () =>
    save.mutate(
      { ...wishOf(ruleset, values), shown: ruleset },
      {
        onSuccess: () => {
          const undo = ruleset && {
            undo: () => save.mutateAsync({ ...wishOf(ruleset, before), shown: null }),
          };
          toast(
            ruleset ? t("{name} saved.", { name: values.name }) : t("{name} added.", { name: values.name }),
            undo ?? {},
          );
          close();
        },
      },
    );
  const takeAway = ({ id, name }: Ruleset) =>
    remove.mutate(id, {
      onSuccess: () => {
        toast(t("Ruleset {name} deleted.", { name }));
        close();
      },
    });
  return (
    <Dialog onClose={close} title={ruleset ? t("Edit ruleset") : t("Add a ruleset")} size="lg">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <OtherVersion kept={kept} />
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
          <Button variant="default" onClick={close}>
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

/** The default stays it until another one is made so. */
function wishOf(ruleset: Ruleset | null, { default: isDefault, ...values }: Values) {
  return {
    ...values,
    name: values.name.trim(),
    id: ruleset?.id ?? null,
    ...(isDefault && { default: true }),
  };
}
