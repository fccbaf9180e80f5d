import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { t } from "../language/t.ts";
import classes from "./NewPasswordField.module.css";
import { judgePassword } from "./password.ts";

/** `guesses`: what an attacker who knows the person would try. */
type Props = PasswordInputProps & { value: string; guesses?: readonly string[] };

/** Choosing a password, with a calm word on how good it is. */
export function NewPasswordField({ guesses = [], ...props }: Props) {
  const { steps, says } = judgePassword(props.value, guesses);
  return (
    <div>
      <PasswordInput
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={10}
        maxLength={1024}
        visibilityToggleButtonProps={{ "aria-label": t("Show or hide the password") }}
        {...props}
      />
      <div className={classes.meter} aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span key={step} data-reached={step <= steps || undefined} data-low={steps < 2 || undefined} />
        ))}
      </div>
      <p className={classes.says} aria-live="polite">
        {says}
      </p>
    </div>
  );
}
