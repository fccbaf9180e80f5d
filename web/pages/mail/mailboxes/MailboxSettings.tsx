import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useTrackingDomains } from "../tracking-domains/queries.ts";
import classes from "./MailboxPage.module.css";
import { type Mailbox, type MailboxChange, useChangeMailbox, useChangeShownMailbox } from "./queries.ts";
import { RampFields, rampFieldsOf, rampFrom } from "./RampFields.tsx";

type Props = { mailbox: Mailbox; mayChange: boolean };
type Fields = ReturnType<typeof fieldsOf>;

/** What a person may set; saved together, with a way back. */
export function MailboxSettings({ mailbox, mayChange }: Props) {
  const save = useChangeShownMailbox(mailbox, fieldsOf);
  const back = useChangeMailbox();
  const { data: domains = [] } = useTrackingDomains();
  const { form, kept } = useKeptForm<Fields>(`mailbox-${mailbox.id}`, { initialValues: fieldsOf(mailbox) });
  const send = (fields: Fields) =>
    save.mutate(changeOf(mailbox.id, fields), {
      onSuccess: () => {
        const before = changeOf(mailbox.id, fieldsOf(mailbox));
        form.resetDirty(fields);
        toast(t("Settings of {email} saved.", { email: mailbox.email }), {
          undo: async () => {
            await back.mutateAsync(before);
            form.setValues(fieldsOf(mailbox));
            form.resetDirty(fieldsOf(mailbox));
          },
        });
      },
    });
  return (
    <form onSubmit={form.onSubmit(send)}>
      <fieldset disabled={!mayChange} className="stack" style={{ gap: 24, border: 0, margin: 0, padding: 0 }}>
        <OtherVersion kept={kept} />
        <Section
          title={t("Limits")}
          note={t("Emails above a limit wait for the next free slot. Empty: no limit.")}
        >
          <div className={classes.limits}>
            <NumberInput
              label={t("Daily limit (emails in 24 hours)")}
              min={0}
              allowDecimal={false}
              {...form.getInputProps("daily")}
            />
            <NumberInput
              label={t("Hourly limit (emails per hour)")}
              min={0}
              allowDecimal={false}
              {...form.getInputProps("hourly")}
            />
            <NumberInput
              label={t("Seconds between emails")}
              min={0}
              allowDecimal={false}
              {...form.getInputProps("gap")}
            />
            <NumberInput
              label={t("New contacts in 24 hours")}
              description={t("Contacts who get their first email of a sequence. Later emails go on.")}
              min={0}
              allowDecimal={false}
              {...form.getInputProps("newContacts")}
            />
          </div>
          <RampFields mailbox={mailbox} form={form} />
          <div className={classes.elsewhere}>
            <Checkbox
              label={t("Count emails sent with other programs")}
              description={saysElsewhere(mailbox)}
              disabled={!isRead(mailbox)}
              {...form.getInputProps("elsewhere", { type: "checkbox" })}
            />
            {mailbox.sent_folder && <SentFolder folder={mailbox.sent_folder} />}
          </div>
        </Section>
        <Section title={t("Sender")} note={t("The sender name and signature of its emails.")}>
          <div className="stack">
            <TextInput label={t("Name")} maxLength={200} {...form.getInputProps("displayName")} />
            <Textarea
              label={t("Signature")}
              description={t("HTML. Added to emails of steps that include the signature.")}
              autosize
              minRows={3}
              maxRows={10}
              {...form.getInputProps("signature")}
            />
          </div>
        </Section>
        <Section
          title={t("Access and tracking")}
          note={t("Who can send from this mailbox, and what is tracked.")}
        >
          <div className="stack">
            <Select
              label={t("Can be used by")}
              data={[
                { value: "everyone", label: t("Everyone on the team") },
                { value: "restricted", label: t("Its owner and admins") },
              ]}
              {...form.getInputProps("visibility")}
            />
            <Checkbox
              label={t("Owner's default mailbox")}
              description={t("Used when no mailbox is chosen.")}
              disabled={mailbox.default || form.values.seed}
              {...form.getInputProps("isDefault", { type: "checkbox" })}
            />
            {mailbox.type !== "catcher" && (
              <Checkbox
                label={t("Seed mailbox")}
                description={
                  isRead(mailbox)
                    ? t("Only receives placement tests and sends no emails.")
                    : t("Needs an IMAP server, which this mailbox does not have.")
                }
                disabled={!isRead(mailbox)}
                {...form.getInputProps("seed", { type: "checkbox" })}
              />
            )}
            <Checkbox
              label={t("Track opens")}
              description={t(
                "Adds an invisible image. Automatic opens are counted separately. Some spam filters dislike it.",
              )}
              {...form.getInputProps("opens", { type: "checkbox" })}
            />
            <Checkbox
              label={t("Track clicks")}
              description={t("Links will pass through this server.")}
              {...form.getInputProps("clicks", { type: "checkbox" })}
            />
            {domains.length > 0 && (
              <Select
                label={t("Tracking domain")}
                description={t("The name under which links in its emails stand.")}
                data={[
                  { value: "", label: t("The team's default") },
                  ...domains.map(({ id, domain }) => ({ value: id, label: domain })),
                ]}
                allowDeselect={false}
                {...form.getInputProps("trackingDomain")}
              />
            )}
            <Trouble error={save.error} doing="writing" />
            {mayChange ? (
              <div>
                <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                  {t("Save")}
                </Button>
              </div>
            ) : (
              <p className="soft small">{t("Only the owner and admins can change these settings.")}</p>
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
    ? t("Cadenza counts the emails in its Sent folder toward these limits. It does not store their content.")
    : t("Needs an IMAP server, which this mailbox does not have.");
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
          {t("Last checked")} <Moment at={looked_at} />.
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
    newContacts: mailbox.max_new_contacts_per_day ?? ("" as number | string),
    ...rampFieldsOf(mailbox),
    elsewhere: mailbox.count_sent_elsewhere,
    displayName: mailbox.display_name ?? "",
    signature: mailbox.signature_html ?? "",
    visibility: mailbox.visibility as string,
    isDefault: mailbox.default,
    seed: mailbox.seed,
    opens: mailbox.open_tracking,
    clicks: mailbox.click_tracking,
    trackingDomain: mailbox.tracking_domain_id ?? "",
  };
}

function changeOf(id: string, fields: Fields): MailboxChange {
  const limit = (value: number | string) => (value === "" ? null : Number(value));
  return {
    id,
    test: false, // the connection stays as it was
    email_daily_threshold: limit(fields.daily),
    max_outbound_emails_per_hour: limit(fields.hourly),
    seconds_delay_between_emails: limit(fields.gap),
    max_new_contacts_per_day: limit(fields.newContacts),
    ramp: rampFrom(fields),
    count_sent_elsewhere: fields.elsewhere,
    display_name: fields.displayName.trim() || null,
    signature_html: fields.signature.trim() || null,
    visibility: fields.visibility as "everyone",
    ...(fields.isDefault && !fields.seed && { default: true }),
    seed: fields.seed,
    open_tracking: fields.opens,
    click_tracking: fields.clicks,
    tracking_domain_id: fields.trackingDomain || null,
  };
}
