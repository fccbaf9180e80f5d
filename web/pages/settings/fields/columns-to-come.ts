// Chosen columns of custom fields while the fields are on their way: they keep their places empty, so that nothing moves.

type ToCome = { id: `field:${string}`; header: string; width: number; cell: () => null; isExtra: true };

export const FIELD_WIDTH = 140;

export function columnsToCome(chosen: readonly string[] | null | undefined): readonly ToCome[] {
  return (chosen ?? []).filter(isField).map((id) => ({
    id,
    header: "",
    width: FIELD_WIDTH,
    cell: () => null,
    isExtra: true,
  }));
}

const isField = (id: string): id is ToCome["id"] => id.startsWith("field:");
