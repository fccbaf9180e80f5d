import { Button, Checkbox, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { type SignInClient, useSignInClients, useStartSignIn } from "../mailbox-sign-in/queries.ts";
import classes from "./ConnectDialog.module.css";
import { guessPreset, guessServers, PRESETS, presetOf } from "./presets.ts";
import { type Mailbox, useConnect } from "./queries.ts";
import { ServerFieldset } from "./ServerFieldset.tsx";
import { SignInButton, WayToSignIn } from "./SignInPart.tsx";
import { TrialTrouble } from "./TrialTrouble.tsx";
import { type ConnectFields, EMPTY, signInWishOf, wishOf } from "./wish.ts";

type Props = { onClose: () => void; onConnected: (mailbox: Mailbox) => void };
type Form = UseFormReturnType<ConnectFields>;

export function ConnectDialog({ onClose, onConnected }: Props) {
  const { user } = useMe();
  const connect = useConnect();
  const start = useStartSignIn();
  const { data: clients = [] } = useSignInClients();
  const [usesPassword, setUsesPassword] = useState(false);
  const form = useForm<ConnectFields>({
    initialValues: { ...EMPTY, email: user.email, displayName: user.name, ...guessed(user.email) },
  });
  const send = (fields: ConnectFields, isTried = true) =>
    connect.mutate(wishOf(fields, isTried), {
      onSuccess: (mailbox) => {
        toast(
          isTried
            ? t("{email} connected and tested.", { email: mailbox.email })
            : t("{email} saved without a test.", { email: mailbox.email }),
        );
        onConnected(mailbox);
      },
    });
  const client = clients.find(({ provider }) => provider === form.values.preset);
  const signsIn = client?.is_set && !usesPassword ? client : null;
  const submit = (fields: ConnectFields) =>
    signsIn ? start.mutate(signInWishOf(fields, signsIn.provider)) : send(fields);
  return (
    <Dialog onClose={onClose} title={t("Connect a mailbox")} size="lg">
      <form className="stack" onSubmit={form.onSubmit(submit)}>
        <Provider form={form} signsIn={signsIn} />
        {client && <WayToSignIn client={client} usesPassword={usesPassword} onChange={setUsesPassword} />}
        <WhoseFields form={form} hasAddress={!signsIn} />
        {form.values.preset !== "catcher" && !signsIn && <SignInFields form={form} />}
        <Use form={form} />
        <Trouble error={start.error} doing="writing" />
        <TrialTrouble
          error={connect.error}
          onSaveAnyway={() => send(form.values, false)}
          isBusy={connect.isPending}
        />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          {signsIn ? (
            <SignInButton client={signsIn} isBusy={start.isPending || start.isSuccess} />
          ) : (
            <Button type="submit" loading={connect.isPending}>
              {form.values.preset === "catcher" ? t("Connect") : t("Test and connect")}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function guessed(email: string): Partial<ConnectFields> {
  const preset = guessPreset(email);
  if (preset) return { preset: preset.key };
  const servers = guessServers(email);
  return servers
    ? {
        smtp: { ...EMPTY.smtp, host: servers.smtp },
        imap: { ...EMPTY.imap, host: servers.imap },
      }
    : {};
}

function Provider({ form, signsIn }: { form: Form; signsIn: SignInClient | null }) {
  const { note } = presetOf(form.values.preset);
  const says = signsIn
    ? t("You choose the account on the page of {name}. Cadenza sees no password.", { name: signsIn.name })
    : note;
  return (
    <div className="stack" style={{ gap: 8 }}>
      <Segmented
        aria-label={t("Provider")}
        data={PRESETS.map(({ key, name }) => ({ value: key, label: name }))}
        className={classes.providers}
        {...form.getInputProps("preset")}
      />
      <p className="soft small" aria-live="polite">
        {says ?? t("Your email provider lists these settings under IMAP and SMTP.")}
      </p>
    </div>
  );
}

function WhoseFields({ form, hasAddress }: { form: Form; hasAddress: boolean }) {
  const onEmail = (email: string) => {
    form.setFieldValue("email", email);
    const servers = guessServers(email);
    if (!servers || form.isTouched("smtp.host")) return;
    form.setFieldValue("smtp.host", servers.smtp);
    form.setFieldValue("imap.host", servers.imap);
    const preset = guessPreset(email);
    if (preset) form.setFieldValue("preset", preset.key);
  };
  return (
    <div className={classes.pair}>
      {hasAddress && (
        <TextInput
          label={t("Email address")}
          type="email"
          required
          withAsterisk={false}
          autoComplete="off"
          {...form.getInputProps("email")}
          onChange={(event) => onEmail(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={t("Sender name")}
        description={t("Recipients see it next to the address.")}
        autoComplete="off"
        {...form.getInputProps("displayName")}
      />
    </div>
  );
}

function SignInFields({ form }: { form: Form }) {
  const isOwn = presetOf(form.values.preset).key === "other";
  return (
    <>
      <PasswordInput
        label={isOwn ? t("Password") : t("App password")}
        description={t("Stored encrypted, never shown again, and sent only to this provider's servers.")}
        required
        withAsterisk={false}
        autoComplete="off"
        {...form.getInputProps("password")}
      />
      {isOwn && <ServerFieldset form={form} side="smtp" title={t("Sending (SMTP)")} />}
      <Checkbox
        label={t("Read replies and bounces")}
        description={t("If off, sequences do not stop on a reply.")}
        {...form.getInputProps("readsReplies", { type: "checkbox" })}
      />
      {isOwn && form.values.readsReplies && (
        <ServerFieldset form={form} side="imap" title={t("Reading (IMAP)")} />
      )}
    </>
  );
}

function Use({ form }: { form: Form }) {
  return (
    <div className={classes.pair}>
      <NumberInput
        label={t("Daily limit (emails in 24 hours)")}
        description={t("Use 20 to 50 for a new mailbox. Empty: no limit.")}
        min={0}
        max={100_000}
        allowDecimal={false}
        {...form.getInputProps("dailyLimit")}
      />
      {form.values.preset !== "catcher" && (
        <Checkbox
          className={classes.everyone}
          label={t("Start slowly")}
          description={t(
            "10 emails on the first day, then 2 more each day up to the daily limit, while few bounce. Turn it off if the address has been sending for months.",
          )}
          {...form.getInputProps("ramps", { type: "checkbox" })}
        />
      )}
      <Checkbox
        className={classes.everyone}
        label={t("Teammates can send from it too")}
        description={t("If off, only you and admins can.")}
        {...form.getInputProps("everyone", { type: "checkbox" })}
      />
    </div>
  );
}
