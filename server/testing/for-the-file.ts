import { after, before } from "node:test";

/**
 * Opened before a file's tests and closed after them; what is answered is filled in when it is open. Where no test of the
 * file is chosen, the end comes before it is open, and waits for that.
 */
export function openForTheFile<T extends { close(): Promise<void> }>(
  open: () => Promise<T>,
  arrange: (opened: T) => Promise<void> = async () => {},
): T {
  const opened = {} as T;
  let opening: Promise<unknown> = Promise.resolve();
  before(async () => {
    opening = open().then((made) => Object.assign(opened, made));
    await opening;
    await arrange(opened);
  });
  after(async () => {
    await opening;
    await opened.close();
  });
  return opened;
}
