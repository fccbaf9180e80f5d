// A form whose values a reload does not lose. Never for passwords, keys and other secrets.

import { type UseFormInput, type UseFormReturnType, useForm } from "@mantine/form";
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { type Kept, useKept } from "./kept.ts";

type Given<Values> = Omit<UseFormInput<Values>, "initialValues"> & { initialValues: Values };

type KeptForm<Values> = { form: UseFormReturnType<Values>; kept: Kept<Values> };

export function useKeptForm<Values extends Record<string, unknown>>(
  of: string,
  given: Given<Values>,
): KeptForm<Values> {
  const kept = useKept(of, given.initialValues);
  const shown = useRef<string | null>(null);
  const form = useForm<Values>({
    ...given,
    initialValues: kept.value,
    onValuesChange: (values) => {
      if (JSON.stringify(values) !== shown.current) kept.keep(() => values);
    },
  });
  // Changed is what differs from what is saved, not from what was typed before the reload.
  const begin = useEffectEvent(() => form.resetDirty(given.initialValues));
  useLayoutEffect(() => begin(), []);
  // What others save while nothing is typed is shown, and is what typing begins from.
  const saved = JSON.stringify(given.initialValues);
  const follow = useEffectEvent(() => {
    if (JSON.stringify(kept.value) !== saved) return;
    form.setValues(given.initialValues);
    form.resetDirty(given.initialValues);
  });
  const followed = useRef(saved);
  useEffect(() => {
    if (followed.current === saved) return;
    followed.current = saved;
    follow();
  }, [saved]);
  const { sides } = kept;
  if (!sides) return { form, kept };
  const show: typeof sides.show = (side) => {
    const values = sides.show(side);
    shown.current = JSON.stringify(values);
    form.setValues(values);
    return values;
  };
  return { form, kept: { ...kept, sides: { ...sides, show } } };
}
