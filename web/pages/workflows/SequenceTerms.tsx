import { Checkbox, Select, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { MomentField } from "../../parts/dates/MomentField.tsx";
import { FirstStepField } from "../enrolling/FirstStepField.tsx";
import { SequenceField } from "../enrolling/SequenceField.tsx";
import { FLAGS } from "../enrolling/wish.ts";
import { FLAG_WORDS } from "../enrolling/words.ts";
import { MailboxPicker } from "../mailboxes/MailboxPicker.tsx";
import { sequenceQuery } from "../sequences/queries.ts";
import type { PartProps } from "./ActionFields.tsx";
import { OnePerson } from "./choices.tsx";
import { isUnseen } from "./kinds.ts";
import classes from "./Workflows.module.css";

const text = (value: unknown) => (typeof value === "string" ? value : "");
const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

/** Everything that can be said when somebody is added by hand, too. */
export function SequenceTerms({ action, put }: PartProps) {
  const sequenceId = text(action.emailer_campaign_id);
  const { data } = useQuery({ ...sequenceQuery(sequenceId), enabled: sequenceId !== "" });
  const starts = text(action.auto_unpause_at);
  const mailboxes = texts(action.send_email_from_email_account_id ?? action.email_account_id);
  return (
    <>
      <SequenceField
        value={sequenceId || null}
        {...(isUnseen(action) && { placeholder: "A sequence you cannot see" })}
        onChange={(id) => put({ emailer_campaign_id: id, start_step: undefined })}
      />
      {data?.emailer_campaign.active === false && (
        <p className="soft small">It is paused: whoever is added waits until it is approved.</p>
      )}
      <MailboxPicker
        value={mailboxes}
        onChange={(ids) => put({ send_email_from_email_account_id: ids, email_account_id: undefined })}
        description="Several take turns."
      />
      <div className={classes.two}>
        <FirstStepField
          steps={data?.emailer_steps ?? []}
          value={typeof action.start_step === "number" ? action.start_step : 1}
          onChange={(start_step) => put({ start_step })}
        />
        <Select
          label="They begin"
          data={[
            { value: "active", label: "At once" },
            { value: "paused", label: "Paused" },
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
            label="Until"
            placeholder="Somebody resumes them"
            clearable
            value={starts ? new Date(starts) : null}
            onChange={(at) => put({ auto_unpause_at: at?.toISOString() })}
          />
        )}
        <OnePerson
          label="Added by"
          none="The workflow's owner"
          value={text(action.user_id)}
          onChange={(user_id) => put({ user_id })}
        />
        <TextInput
          label="Send from the alias"
          placeholder="The mailbox's own address"
          maxLength={254}
          value={text(action.send_email_from_email_address)}
          onChange={({ currentTarget }) => put({ send_email_from_email_address: currentTarget.value })}
        />
      </div>
      <Switch
        label="Skip validation"
        checked={action.contact_verification_skipped === true}
        onChange={({ currentTarget }) =>
          put({ contact_verification_skipped: currentTarget.checked || undefined })
        }
      />
      <Switch
        label="Whoever is paused, finished or failed in it starts over"
        checked={action.re_enroll === true}
        onChange={({ currentTarget }) => put({ re_enroll: currentTarget.checked || undefined })}
      />
      <Switch
        label="Whoever is active in another sequence begins when that is over"
        checked={action.wait_for_other_campaigns === true}
        onChange={({ currentTarget }) =>
          put({ wait_for_other_campaigns: currentTarget.checked || undefined })
        }
      />
      <Checkbox.Group
        label="Add these too"
        description="They are left out unless you say so."
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
