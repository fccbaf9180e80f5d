import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { t } from "../language/t.ts";
import { hasModifier, isBusyElsewhere } from "./typing.ts";

type Props = { label: string; value: string; onChange: (value: string) => void };

/** Searches as one types. `/` goes to it; Escape leaves it, and empties it first. */
export function SearchBox({ label, value, onChange }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  const tell = useDebouncedCallback((next: string) => {
    setTold(next.trim());
    onChange(next.trim());
  }, 200);
  // Changed from outside: Back, a saved view, "Clear".
  if (value !== told) {
    setTold(value);
    setTyped(value);
  }
  useSlash(field);
  const type = (next: string) => {
    setTyped(next);
    tell(next);
  };
  return (
    <TextInput
      ref={field}
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        if (typed) type("");
        else event.currentTarget.blur();
      }}
      leftSection={<IconSearch size="0.875rem" stroke={1.75} aria-hidden />}
      rightSection={
        typed ? <CloseButton size="sm" aria-label={t("Clear search")} onClick={() => type("")} /> : null
      }
    />
  );
}

function useSlash(field: React.RefObject<HTMLInputElement | null>) {
  const goTo = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "/" || event.defaultPrevented || hasModifier(event) || isBusyElsewhere(event)) return;
    event.preventDefault();
    field.current?.focus();
    field.current?.select();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => goTo(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
