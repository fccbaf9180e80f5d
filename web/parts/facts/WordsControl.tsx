import { Textarea, TextInput } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { WordsInput } from "./fact.ts";

// Fetched when a user edits a day: most only look.
const DayField = lazy(async () => ({ default: (await import("../dates/DayField.tsx")).DayField }));

type Props = Required<Pick<WordsInput, "kind">> & {
  label: string;
  draft: string;
  onDraft: (draft: string) => void;
  className: string;
  isRefused?: boolean;
  /** Why it was refused, to be read below it. */
  why?: string;
  onBlur?: () => void;
  onKeyDown?: (event: React.KeyboardEvent) => void;
};

/** The field for a text, a number or a day while it is being changed. */
export function WordsControl({ kind, label, draft, onDraft, className, isRefused, why, ...does }: Props) {
  const common = { "aria-label": label, autoFocus: true, error: why ?? isRefused, ...does };
  const classNames = { input: className };
  if (kind === "lines")
    return (
      <Textarea
        {...common}
        value={draft}
        autosize
        minRows={2}
        maxRows={10}
        onChange={(event) => onDraft(event.currentTarget.value)}
      />
    );
  if (kind === "date")
    return (
      <Suspense fallback={<TextInput aria-label={label} disabled classNames={classNames} />}>
        <DayField
          {...common}
          clearable
          value={draft || null}
          classNames={classNames}
          onChange={(day) => onDraft(day ?? "")}
        />
      </Suspense>
    );
  return (
    <TextInput
      {...common}
      value={draft}
      type={kind === "url" ? "url" : "text"}
      inputMode={kind === "number" ? "decimal" : undefined}
      classNames={classNames}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => onDraft(event.currentTarget.value)}
    />
  );
}
