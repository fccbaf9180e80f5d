/** A failure that was foreseen: its message tells the reader what to do, so no stack is printed with it. */
export class Sentence extends Error {
  /** @override */
  name = "Sentence";
}
