import { NumberInput, Select } from "@mantine/core";
import { inSentence } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { FullSequence } from "../../sequences/sequences/queries.ts";

export type Rules = FullSequence["effective_rules"];
type Rule = Rules[string] | undefined;

/** Who says so, where the sequence itself does not. */
const ORIGINS: Record<NonNullable<Rule>["origin"], string> = perLanguage(() => ({
  sequence: t("This sequence"),
  ruleset: t("Ruleset"),
  team: t("Team default"),
  built_in: t("Default"),
}));

/** What holds where nothing is said here; unknown while something is. */
function sayInherited(
  { rule, silent = t("From the ruleset") }: Pick<Common, "rule" | "silent">,
  isOwn: boolean,
  say: (value: NonNullable<Rule>["value"]) => string,
) {
  if (!rule || isOwn || rule.origin === "sequence") return silent;
  return `${ORIGINS[rule.origin]}: ${say(rule.value)}`;
}

type Common = {
  label: string;
  description?: string;
  rule: Rule;
  /** Shown when the inherited value is unknown. */
  silent?: string | undefined;
  isReadOnly: boolean;
};

type YesNoProps = Common & { value: boolean | null; onChange: (value: boolean | null) => void };

/** Yes, no, or whatever the ruleset says, which is shown. */
export function YesNoRule({ value, rule, silent, isReadOnly, onChange, ...rest }: YesNoProps) {
  const inherited = sayInherited({ rule, silent }, value !== null, (held) => (held ? "yes" : "no"));
  return (
    <Select
      data={[
        { value: "", label: inherited },
        { value: "yes", label: t("Yes") },
        { value: "no", label: t("No") },
      ]}
      value={value === null ? "" : value ? "yes" : "no"}
      disabled={isReadOnly}
      onChange={(next) => onChange(next === "yes" ? true : next === "no" ? false : null)}
      {...rest}
    />
  );
}

type NumberProps = Common & {
  value: number | null;
  min: number;
  max: number;
  /** What no number means. */
  none: string;
  onChange: (value: number | null) => void;
};

/** A number, or whatever the ruleset says, which stands in the empty field. */
export function NumberRule({ value, rule, silent, none, isReadOnly, onChange, ...rest }: NumberProps) {
  const inherited = sayInherited({ rule, silent }, value !== null, (held) =>
    held === null ? none : String(held),
  );
  return (
    <NumberInput
      value={value ?? ""}
      placeholder={inherited}
      allowDecimal={false}
      disabled={isReadOnly}
      onChange={(next) => onChange(next === "" ? null : Number(next))}
      {...rest}
    />
  );
}

type ChoiceProps<Word extends string> = Common & {
  value: Word | null;
  choices: readonly { value: Word; label: string }[];
  onChange: (value: Word | null) => void;
};

export function ChoiceRule<Word extends string>({
  value,
  rule,
  silent,
  choices,
  isReadOnly,
  onChange,
  ...rest
}: ChoiceProps<Word>) {
  const say = (held: unknown) =>
    inSentence(choices.find((choice) => choice.value === held)?.label ?? t("None"));
  return (
    <Select
      data={[{ value: "", label: sayInherited({ rule, silent }, value !== null, say) }, ...choices]}
      value={value ?? ""}
      disabled={isReadOnly}
      onChange={(next) => onChange((next || null) as Word | null)}
      {...rest}
    />
  );
}
