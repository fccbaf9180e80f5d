import { Checkbox, Select, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { MomentField } from "../../../parts/dates/MomentField.tsx";
import { MailboxPicker } from "../../mail/mailboxes/MailboxPicker.tsx";
import { FirstStepField } from "../../sequences/enrolling/FirstStepField.tsx";
import { SequenceField } from "../../sequences/enrolling/SequenceField.tsx";
import { FLAGS } from "../../sequences/enrolling/wish.ts";
import { FLAG_WORDS } from "../../sequences/enrolling/words.ts";
import { sequenceQuery } from "../../sequences/sequences/queries.ts";
import type { PartProps } from "./ActionFields.tsx";
import { OnePerson } from "./choices.tsx";
import { isUnseen } from "./kinds.ts";
import classes from "./Workflows.module.css";

const text = (value: unknown) => (typeof value === "string" ? value : "");
const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

/** The same terms as when a user adds a contact by hand. */
export function SequenceTerms({ action, put }: PartProps) {
  const sequenceId = text(action.emailer_campaign_id);
  const { data } = useQuery({ ...sequenceQuery(sequenceId), enabled: sequenceId !== "" });
  const starts = text(action.auto_unpause_at);
  const mailboxes = texts(action.send_email_from_email_account_id ?? action.email_account_id);
  return (
    <>
      <SequenceField
        value={sequenceId || null}
        {...(isUnseen(action) && { placeholder: t("A sequence you cannot see") })}
        onChange={(id) => put({ emailer_campaign_id: id, start_step: undefined })}
      />
      {data?.emailer_campaign.active === false && (
        <p className="soft small">
          {t("This sequence is inactive. Added contacts will wait until it is activated.")}
        </p>
      )}
      <MailboxPicker
        value={mailboxes}
        onChange={(ids) => put({ send_email_from_email_account_id: ids, email_account_id: undefined })}
        description={t("Several mailboxes are rotated.")}
      />
      <div className={classes.two}>
        <FirstStepField
          steps={data?.emailer_steps ?? []}
          value={typeof action.start_step === "number" ? action.start_step : 1}
          onChange={(start_step) => put({ start_step })}
        />
        <Select
          label={t("Start")}
          data={[
            { value: "active", label: t("Now") },
            { value: "paused", label: t("Paused") },
          ]}
          value={action.status === "paused" ? "paused" : "active"}
          allowDeselect={false}
          onChange={(status) =>
            put({
              status: status === "paused" ? status : undefined,
              ...(status !== "paused" && { auto_unpause_at: undefined }),
            })
          }
        />
        {action.status === "paused" && (
          <MomentField
            label={t("Paused until")}
            placeholder={t("Until resumed")}
            clearable
            value={starts ? new Date(starts) : null}
            onChange={(at) => put({ auto_unpause_at: at?.toISOString() })}
          />
        )}
        <OnePerson
          label={t("Added by")}
          none={t("Workflow owner")}
          value={text(action.user_id)}
          onChange={(user_id) => put({ user_id })}
        />
        <TextInput
          label={t("Send from alias")}
          placeholder={t("Address of the mailbox")}
          maxLength={254}
          value={text(action.send_email_from_email_address)}
          onChange={({ currentTarget }) => put({ send_email_from_email_address: currentTarget.value })}
        />
      </div>
      <Switch
        label={t("Skip validation")}
        checked={action.contact_verification_skipped === true}
        onChange={({ currentTarget }) =>
          put({ contact_verification_skipped: currentTarget.checked || undefined })
        }
      />
      <Switch
        label={t("Restart contacts who are paused, finished or failed in this sequence")}
        checked={action.re_enroll === true}
        onChange={({ currentTarget }) => put({ re_enroll: currentTarget.checked || undefined })}
      />
      <Switch
        label={t("Contacts active in another sequence start when it ends")}
        checked={action.wait_for_other_campaigns === true}
        onChange={({ currentTarget }) =>
          put({ wait_for_other_campaigns: currentTarget.checked || undefined })
        }
      />
      <Checkbox.Group
        label={t("Also add")}
        description={t("These contacts are skipped by default.")}
        value={FLAGS.filter((flag) => action[flag] === true)}
        onChange={(waived) =>
          put(Object.fromEntries(FLAGS.map((flag) => [flag, waived.includes(flag) || undefined])))
        }
      >
        <div className={classes.flags}>
          {FLAGS.map((flag) => (
            <Checkbox
              key={flag}
              value={flag}
              label={FLAG_WORDS[flag].says}
              description={FLAG_WORDS[flag].but}
            />
          ))}
        </div>
      </Checkbox.Group>
    </>
  );
}
