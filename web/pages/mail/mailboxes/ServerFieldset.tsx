import { NumberInput, PasswordInput, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import classes from "./ConnectDialog.module.css";
import type { ConnectFields } from "./wish.ts";

type Props = { form: UseFormReturnType<ConnectFields>; side: "smtp" | "imap"; title: string };

const SECURITIES = perLanguage(() => [
  { value: "tls", label: t("TLS") },
  { value: "starttls", label: t("STARTTLS") },
  { value: "none", label: t("None") },
]);

const USUAL_PORT = {
  smtp: { tls: 465, starttls: 587, none: 25 },
  imap: { tls: 993, starttls: 143, none: 143 },
};

export function ServerFieldset({ form, side, title }: Props) {
  const secure = (security: string | null) => {
    if (!security) return;
    form.setFieldValue(`${side}.security`, security as "tls");
    form.setFieldValue(`${side}.port`, USUAL_PORT[side][security as "tls"]);
  };
  return (
    <fieldset className={classes.fieldset}>
      <legend>{title}</legend>
      <div className="stack">
        <div className={classes.server}>
          <TextInput
            label={t("Server")}
            required
            withAsterisk={false}
            autoComplete="off"
            {...form.getInputProps(`${side}.host`)}
          />
          <NumberInput
            label={t("Port")}
            required
            withAsterisk={false}
            min={1}
            max={65535}
            allowDecimal={false}
            hideControls
            {...form.getInputProps(`${side}.port`)}
          />
          <Select
            label={t("Encryption")}
            data={SECURITIES}
            value={form.values[side].security}
            onChange={secure}
          />
        </div>
        <div className={classes.pair}>
          <TextInput
            label={t("User name")}
            placeholder={t("Same as email address")}
            autoComplete="off"
            {...form.getInputProps(`${side}.username`)}
          />
          <PasswordInput
            label={t("Separate password")}
            placeholder={t("Same as above")}
            autoComplete="off"
            {...form.getInputProps(`${side}.password`)}
          />
        </div>
      </div>
    </fieldset>
  );
}
