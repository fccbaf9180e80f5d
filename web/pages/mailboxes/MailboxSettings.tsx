import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Moment } from "../../parts/Moment.tsx";
import { Section } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import classes from "./MailboxPage.module.css";
import { type Change, type Mailbox, useChangeMailbox } from "./queries.ts";

type Props = { mailbox: Mailbox; mayChange: boolean };
type Fields = ReturnType<typeof fieldsOf>;

/** What a person may set; saved together, with a way back. */
export function MailboxSettings({ mailbox, mayChange }: Props) {
  const save = useChangeMailbox();
  const form = useForm<Fields>({ initialValues: fieldsOf(mailbox) });
  const send = (fields: Fields) =>
    save.mutate(changeOf(mailbox.id, fields), {
      onSuccess: () => {
        const before = changeOf(mailbox.id, fieldsOf(mailbox));
        form.resetDirty(fields);
        toast(`The settings of ${mailbox.email} are saved.`, {
          undo: async () => {
            await save.mutateAsync(before);
            form.setValues(fieldsOf(mailbox));
            form.resetDirty(fieldsOf(mailbox));
          },
        });
      },
    });
  return (
    <form onSubmit={form.onSubmit(send)}>
      <fieldset disabled={!mayChange} className="stack" style={{ gap: 24, border: 0, margin: 0, padding: 0 }}>
        <Section
          title="Limits"
          note="Whatever would be sent beyond them waits, in order, and says so. Empty: no limit of that kind."
        >
          <div className={classes.limits}>
            <NumberInput
              label="Mails in 24 hours"
              min={0}
              allowDecimal={false}
              {...form.getInputProps("daily")}
            />
            <NumberInput
              label="Mails in an hour"
              min={0}
              allowDecimal={false}
              {...form.getInputProps("hourly")}
            />
            <NumberInput
              label="Seconds between mails"
              min={0}
              allowDecimal={false}
              {...form.getInputProps("gap")}
            />
          </div>
          <div className={classes.elsewhere}>
            <Checkbox
              label="Count what is sent with other programs"
              description={saysElsewhere(mailbox)}
              disabled={!isRead(mailbox)}
              {...form.getInputProps("elsewhere", { type: "checkbox" })}
            />
            {mailbox.sent_folder && <SentFolder folder={mailbox.sent_folder} />}
          </div>
        </Section>
        <Section title="Sender" note="How its mails are signed, and under which name they come.">
          <div className="stack">
            <TextInput label="Name" maxLength={200} {...form.getInputProps("displayName")} />
            <Textarea
              label="Signature"
              description="HTML, put under mails of steps that say so."
              autosize
              minRows={3}
              maxRows={10}
              {...form.getInputProps("signature")}
            />
          </div>
        </Section>
        <Section title="Who uses it" note="Whom sequences may send for, and what is measured.">
          <div className="stack">
            <Select
              label="May be used by"
              data={[
                { value: "everyone", label: "Everybody in the team" },
                { value: "restricted", label: "Its owner and admins" },
              ]}
              {...form.getInputProps("visibility")}
            />
            <Checkbox
              label="The default of its owner"
              description="Used where nobody names a mailbox."
              disabled={mailbox.default}
              {...form.getInputProps("isDefault", { type: "checkbox" })}
            />
            <Checkbox
              label="See whether mails are opened"
              description="By an invisible picture. Many programs open it by themselves, which is told apart; some recipients and filters dislike it."
              {...form.getInputProps("opens", { type: "checkbox" })}
            />
            <Checkbox
              label="Count clicks on links"
              description="Links then lead through this Cadenza."
              {...form.getInputProps("clicks", { type: "checkbox" })}
            />
            <Trouble error={save.error} doing="writing" />
            {mayChange ? (
              <div>
                <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                  Save
                </Button>
              </div>
            ) : (
              <p className="soft small">Its owner and admins change these.</p>
            )}
          </div>
        </Section>
      </fieldset>
    </form>
  );
}

function isRead({ type, imap }: Mailbox) {
  return type === "catcher" || imap !== null;
}

function saysElsewhere(mailbox: Mailbox) {
  return isRead(mailbox)
    ? "Cadenza looks into its Sent folder, keeps of each mail there only that it went out, and counts it against these limits."
    : "Only for mailboxes that are read: this one has no IMAP server, so nobody can look into its Sent folder.";
}

function SentFolder({
  folder: { sentence, trouble, looked_at },
}: {
  folder: NonNullable<Mailbox["sent_folder"]>;
}) {
  return (
    <p className={classes.sentFolder} data-trouble={trouble !== null}>
      {sentence}
      {looked_at && (
        <span className="soft">
          {" "}
          Last looked into <Moment at={looked_at} />.
        </span>
      )}
    </p>
  );
}

function fieldsOf(mailbox: Mailbox) {
  return {
    daily: mailbox.email_daily_threshold ?? ("" as number | string),
    hourly: mailbox.max_outbound_emails_per_hour ?? ("" as number | string),
    gap: mailbox.seconds_delay_between_emails ?? ("" as number | string),
    elsewhere: mailbox.count_sent_elsewhere,
    displayName: mailbox.display_name ?? "",
    signature: mailbox.signature_html ?? "",
    visibility: mailbox.visibility as string,
    isDefault: mailbox.default,
    opens: mailbox.open_tracking,
    clicks: mailbox.click_tracking,
  };
}

function changeOf(id: string, fields: Fields): Change {
  const limit = (value: number | string) => (value === "" ? null : Number(value));
  return {
    id,
    test: false, // the connection stays as it was
    email_daily_threshold: limit(fields.daily),
    max_outbound_emails_per_hour: limit(fields.hourly),
    seconds_delay_between_emails: limit(fields.gap),
    count_sent_elsewhere: fields.elsewhere,
    display_name: fields.displayName.trim() || null,
    signature_html: fields.signature.trim() || null,
    visibility: fields.visibility as "everyone",
    ...(fields.isDefault && { default: true }),
    open_tracking: fields.opens,
    click_tracking: fields.clicks,
  };
}
