import { Select, Switch, TagsInput, TextInput } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { NumberRule, type Rules } from "../../settings/rulesets/RuleField.tsx";
import classes from "./SettingsTab.module.css";
import type { PartProps } from "./SettingsTab.tsx";

const PRIORITIES = perLanguage(() => [
  { value: "followups_first", label: t("Later steps first") },
  { value: "score", label: t("Highest score first") },
  { value: "fifo", label: t("Longest waiting first") },
]);

const DELIVERIES = perLanguage(() => [
  { value: "never_twice", label: t("Don't send again: no contact gets it twice") },
  { value: "never_lost", label: t("Send again: no email is lost") },
]);

const NOT_SENT = perLanguage(() => [
  { value: "fail", label: t("Stop the contact as failed") },
  { value: "continue", label: t("Continue with the next step") },
]);

/** How many, from where, to whom in copy, and what if not. */
export function SendingPart({ values, change, mayEdit, rules }: PartProps & { rules: Rules }) {
  return (
    <Section
      title={t("Sending")}
      note={
        <Trans
          text="You choose mailboxes when you add contacts. Limits, signatures and tracking are set <link>for each mailbox</link>."
          tags={{ link: (inside) => <a href="/settings/mailboxes">{inside}</a> }}
        />
      }
    >
      <NumberRule
        label={t("Daily email limit of the sequence")}
        value={values.max_emails_per_day}
        rule={rules.max_emails_per_day}
        none={t("no limit")}
        min={0}
        max={1_000_000}
        isReadOnly={!mayEdit}
        onChange={(max_emails_per_day) => change({ max_emails_per_day })}
      />
      <NumberRule
        label={t("Daily limit of new contacts")}
        description={t(
          "How many contacts get their first email in a day. Later steps are not limited by it.",
        )}
        value={values.max_new_contacts_per_day}
        rule={rules.max_new_contacts_per_day}
        none={t("no limit")}
        min={0}
        max={1_000_000}
        isReadOnly={!mayEdit}
        onChange={(max_new_contacts_per_day) => change({ max_new_contacts_per_day })}
      />
      <Select
        label={t("Sending priority")}
        data={PRIORITIES}
        value={values.priority_policy}
        disabled={!mayEdit}
        onChange={(policy) => change({ priority_policy: policy as typeof values.priority_policy })}
      />
      <Switch
        label={t("Send at the hour at which each contact usually reads")}
        description={t(
          "Waits up to 24 hours, within the schedule, once a contact has replied, clicked or opened at the same hour on three days. Other contacts get emails by the schedule alone.",
        )}
        checked={values.send_at_usual_hour}
        disabled={!mayEdit}
        onChange={(event) => change({ send_at_usual_hour: event.currentTarget.checked })}
      />
      <TagsInput
        label={t("Allowed sender domains")}
        description={t("If empty, any mailbox can send.")}
        placeholder={values.allowed_send_from_domains.length === 0 ? "mail.example.com" : ""}
        value={values.allowed_send_from_domains}
        disabled={!mayEdit}
        onChange={(domains) => change({ allowed_send_from_domains: domains })}
      />
      <div className={classes.pair}>
        <TextInput
          label={t("CC")}
          description={t("Added to every email. The contact sees it.")}
          value={values.cc_emails}
          readOnly={!mayEdit}
          onChange={(event) => change({ cc_emails: event.currentTarget.value })}
        />
        <TextInput
          label={t("BCC")}
          description={t("Added to every email, for example a CRM address.")}
          value={values.bcc_emails}
          readOnly={!mayEdit}
          onChange={(event) => change({ bcc_emails: event.currentTarget.value })}
        />
      </div>
      <Select
        label={t("If delivery can't be confirmed")}
        data={DELIVERIES}
        value={values.delivery_policy}
        disabled={!mayEdit}
        onChange={(policy) => change({ delivery_policy: policy as typeof values.delivery_policy })}
      />
      <Select
        label={t("If an email can't be sent")}
        data={NOT_SENT}
        value={values.on_not_sent}
        disabled={!mayEdit}
        onChange={(word) => change({ on_not_sent: word as typeof values.on_not_sent })}
      />
    </Section>
  );
}
