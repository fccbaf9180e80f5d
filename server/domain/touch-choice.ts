// Which of a step's mails a contact gets, where there are several: by weight, and the same one however often it is
// asked, in whatever order the mails are listed. The step is part of the draw, so that being given the first variant
// of one step says nothing about the next. Where a mail is taken away, people are drawn anew among those that are left.

export type Choosable = { id: string; weight: number };

export type Draw = { sequenceId: string; stepId: string; contactId: string };

/** Among the mails that may be sent. Null where none has any weight. */
export function chooseTouch<Touch extends Choosable>(touches: readonly Touch[], draw: Draw): Touch | null {
  const eligible = touches.filter(({ weight }) => weight > 0).sort((a, b) => (a.id < b.id ? -1 : 1));
  const weights = eligible.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return null;
  let lot = hash(`${draw.sequenceId} ${draw.stepId} ${draw.contactId}`) % weights;
  for (const touch of eligible) {
    if (lot < touch.weight) return touch;
    lot -= touch.weight;
  }
  return null;
}

/** FNV-1a over 32 bits, then mixed: ids that differ in their last digits only must fall far apart. */
function hash(text: string) {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
