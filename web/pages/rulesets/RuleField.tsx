import { NumberInput, Select } from "@mantine/core";
import type { Whole } from "../sequences/queries.ts";

export type Rules = Whole["effective_rules"];
type Rule = Rules[string] | undefined;

/** Who says so, where the sequence itself does not. */
const ORIGINS: Record<NonNullable<Rule>["origin"], string> = {
  sequence: "here",
  ruleset: "the ruleset",
  team: "the team's",
  built_in: "usual",
};

/** What holds where nothing is said here; unknown while something is. */
function sayInherited(
  { rule, silent = "As the ruleset has it" }: Pick<Common, "rule" | "silent">,
  isOwn: boolean,
  say: (value: NonNullable<Rule>["value"]) => string,
) {
  if (!rule || isOwn || rule.origin === "sequence") return silent;
  return `As ${ORIGINS[rule.origin]}: ${say(rule.value)}`;
}

type Common = {
  label: string;
  description?: string;
  rule: Rule;
  /** What is shown where nobody knows what would hold. */
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
        { value: "yes", label: "Yes" },
        { value: "no", label: "No" },
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
    choices.find((choice) => choice.value === held)?.label.toLowerCase() ?? "none";
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
