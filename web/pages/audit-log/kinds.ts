// What the history can be narrowed to, and which events that is.

export const KINDS = [
  { value: "refused", label: "Refused calls", types: ["access.refused"] },
  { value: "signing-in", label: "Signing in", types: ["session.*", "password.*"] },
  {
    value: "access",
    label: "People, keys and applications",
    types: ["user.*", "subteam.*", "api_key.*", "application.*", "sql_login.*"],
  },
  { value: "left-out", label: "Left out of sequences", types: ["enrollment.skipped"] },
] as const;

/** None for everything, as for an address that names what there is not. */
export function typesOf(kind: string | undefined): readonly string[] {
  return KINDS.find(({ value }) => value === kind)?.types ?? [];
}
