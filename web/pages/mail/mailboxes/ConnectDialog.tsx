import { Button, Checkbox, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { useEffect, useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { type SignInClient, useSignInClients, useStartSignIn } from "../mailbox-sign-in/queries.ts";
import classes from "./ConnectDialog.module.css";
import { serverFields } from "./found-servers.ts";
import { FoundLine, OwnServers, ReadsReplies } from "./OwnServers.tsx";
import { PRESETS, presetOf } from "./presets.ts";
import { type FoundServers, type Mailbox, useConnect, useFoundServers } from "./queries.ts";
import { SignInButton, WayToSignIn } from "./SignInPart.tsx";
import { TrialTrouble } from "./TrialTrouble.tsx";
import { type ConnectFields, EMPTY, signInWishOf, wishOf } from "./wish.ts";

/** `provider`: the one that a link names. */
type Props = { provider?: string | undefined; onClose: () => void; onConnected: (mailbox: Mailbox) => void };
type Form = UseFormReturnType<ConnectFields>;

/** Opens once it is known where the team can sign in, so that no provider jumps away. */
export function ConnectDialog(props: Props) {
  const clients = useSignInClients();
  if (clients.isPending) return null;
  const all = clients.data ?? [];
  const setUp = all.find(({ is_set }) => is_set)?.provider;
  const named = PRESETS.find(({ key }) => key === props.provider)?.key;
  return (
    <ConnectForm {...props} clients={all} preset={named ?? setUp ?? EMPTY.preset} isNamed={Boolean(named)} />
  );
}

type FormProps = Props & { clients: readonly SignInClient[]; preset: string; isNamed: boolean };

function ConnectForm({ clients, preset, isNamed, onClose, onConnected }: FormProps) {
  const { user } = useMe();
  const connect = useConnect();
  const start = useStartSignIn();
  const [usesPassword, setUsesPassword] = useState(false);
  const form = useForm<ConnectFields>({
    initialValues: { ...EMPTY, preset, email: user.email, displayName: user.name },
  });
  const [isChosen, setIsChosen] = useState(isNamed);
  const [isByHand, setIsByHand] = useState(false);
  const sought = useFoundServers(form.values.email, form.values.preset !== "catcher" && !isByHand);
  const { found } = sought;
  useEffect(() => {
    if (found) form.setValues((before) => ({ ...before, ...filledIn(found, isChosen) }));
  }, [found, isChosen, form.setValues]);
  const areFound = form.values.preset === "other" && !isByHand && Boolean(found?.smtp);
  const send = (fields: ConnectFields, isTried = true) =>
    connect.mutate(wishOf(fields, isTried, areFound), {
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
        <Provider form={form} signsIn={signsIn} onChosen={() => setIsChosen(true)} />
        {client && <WayToSignIn client={client} usesPassword={usesPassword} onChange={setUsesPassword} />}
        {signsIn?.provider === "microsoft" && <WayToMicrosoft form={form} />}
        {signsIn?.provider === "google" && <WayToGoogle form={form} />}
        <WhoseFields form={form} hasAddress={!signsIn} />
        {form.values.preset === "other" && (
          <>
            {!isByHand && <FoundLine sought={sought} />}
            <OwnServers form={form} sought={sought} isByHand={isByHand} onByHand={() => setIsByHand(true)} />
          </>
        )}
        {presetOf(form.values.preset).smtp && !signsIn && <SignInFields form={form} />}
        {form.values.preset !== "catcher" && !signsIn && <SeedField form={form} />}
        {(!form.values.isSeed || signsIn) && <Use form={form} />}
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

/** A provider that the person chose stays chosen. */
function filledIn({ sign_in, smtp, imap, email }: FoundServers, isChosen: boolean): Partial<ConnectFields> {
  if (sign_in) return isChosen ? {} : { preset: sign_in };
  if (!smtp) return { smtp: EMPTY.smtp, imap: EMPTY.imap }; // those of another address are not its own
  return {
    ...(!isChosen && { preset: "other" }),
    smtp: serverFields(smtp, email),
    ...(imap && { imap: serverFields(imap, email) }),
    readsReplies: imap !== null,
  };
}

type ProviderProps = { form: Form; signsIn: SignInClient | null; onChosen: () => void };

function Provider({ form, signsIn, onChosen }: ProviderProps) {
  const { note } = presetOf(form.values.preset);
  const says = signsIn
    ? t("You choose the account on the page of {name}. Cadenza sees no password.", { name: signsIn.name })
    : note;
  const { onChange, ...input } = form.getInputProps("preset");
  const choose = (key: string) => {
    onChosen();
    onChange(key);
  };
  return (
    <div className="stack" style={{ gap: 8 }}>
      <Segmented
        aria-label={t("Provider")}
        data={PRESETS.map(({ key, name }) => ({ value: key, label: name }))}
        className={classes.providers}
        {...input}
        onChange={choose}
      />
      {says && (
        <p className="soft small" aria-live="polite">
          {says}
        </p>
      )}
    </div>
  );
}

function WayToMicrosoft({ form }: { form: Form }) {
  return (
    <Checkbox
      label={t("Send and read by Microsoft Graph")}
      description={t(
        "Works where SMTP and IMAP are switched off, as in most organizations. An email with its attachments can have 3 MB.",
      )}
      {...form.getInputProps("byGraph", { type: "checkbox" })}
    />
  );
}

function WayToGoogle({ form }: { form: Form }) {
  return (
    <Checkbox
      label={t("Send and read by the Gmail API")}
      description={t(
        "For accounts where SMTP and IMAP are switched off. Otherwise Cadenza uses SMTP and IMAP, and the API only if Google refuses them.",
      )}
      {...form.getInputProps("byGmail", { type: "checkbox" })}
    />
  );
}

function WhoseFields({ form, hasAddress }: { form: Form; hasAddress: boolean }) {
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
  return (
    <>
      <PasswordInput
        label={t("App password")}
        description={t("Stored encrypted, never shown again, and sent only to this provider's servers.")}
        required
        withAsterisk={false}
        autoComplete="off"
        {...form.getInputProps("password")}
      />
      {!form.values.isSeed && <ReadsReplies form={form} />}
    </>
  );
}

function SeedField({ form }: { form: Form }) {
  return (
    <Checkbox
      label={t("Seed mailbox")}
      description={t("Only receives placement tests and sends no emails.")}
      {...form.getInputProps("isSeed", { type: "checkbox" })}
    />
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
