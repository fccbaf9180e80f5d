import { Select, TagsInput, TextInput } from "@mantine/core";
import { Section } from "../../parts/Page.tsx";
import { NumberRule, type Rules } from "../rulesets/RuleField.tsx";
import classes from "./SettingsTab.module.css";
import type { PartProps } from "./SettingsTab.tsx";

const PRIORITIES = [
  { value: "followups_first", label: "Later steps first" },
  { value: "score", label: "Best-fitting contacts first" },
  { value: "fifo", label: "Whoever has waited longest" },
];

const DELIVERIES = [
  { value: "never_twice", label: "Keep it back: nobody is mailed twice" },
  { value: "never_lost", label: "Send it again: no mail is lost" },
];

const NOT_SENT = [
  { value: "fail", label: "Stop there, as failed" },
  { value: "continue", label: "Go on with the next step" },
];

/** How many, from where, to whom in copy, and what if not. */
export function SendingPart({ values, change, mayEdit, rules }: PartProps & { rules: Rules }) {
  return (
    <Section
      title="Sending"
      note={
        <>
          Mailboxes are chosen when contacts are added. Limits, signatures, and whether opens and clicks are
          counted, are set <a href="/settings/mailboxes">with each mailbox</a>.
        </>
      }
    >
      <NumberRule
        label="Mails a day at most, from the whole sequence"
        value={values.max_emails_per_day}
        rule={rules.max_emails_per_day}
        none="no limit"
        min={0}
        max={1_000_000}
        isReadOnly={!mayEdit}
        onChange={(max_emails_per_day) => change({ max_emails_per_day })}
      />
      <Select
        label="Whose mail goes first where a mailbox has several"
        data={PRIORITIES}
        value={values.priority_policy}
        disabled={!mayEdit}
        onChange={(policy) => change({ priority_policy: policy as typeof values.priority_policy })}
      />
      <TagsInput
        label="Only from these domains"
        description="Empty lets it be sent from any mailbox."
        placeholder={values.allowed_send_from_domains.length === 0 ? "mail.example.com" : ""}
        value={values.allowed_send_from_domains}
        disabled={!mayEdit}
        onChange={(domains) => change({ allowed_send_from_domains: domains })}
      />
      <div className={classes.pair}>
        <TextInput
          label="CC"
          description="Of every mail; the contact sees it."
          value={values.cc_emails}
          readOnly={!mayEdit}
          onChange={(event) => change({ cc_emails: event.currentTarget.value })}
        />
        <TextInput
          label="BCC"
          description="Of every mail; a CRM's address, for example."
          value={values.bcc_emails}
          readOnly={!mayEdit}
          onChange={(event) => change({ bcc_emails: event.currentTarget.value })}
        />
      </div>
      <Select
        label="When nobody can know whether a mail arrived"
        data={DELIVERIES}
        value={values.delivery_policy}
        disabled={!mayEdit}
        onChange={(policy) => change({ delivery_policy: policy as typeof values.delivery_policy })}
      />
      <Select
        label="When a mail cannot be sent, the contact will"
        data={NOT_SENT}
        value={values.on_not_sent}
        disabled={!mayEdit}
        onChange={(word) => change({ on_not_sent: word as typeof values.on_not_sent })}
      />
    </Section>
  );
}
