import type { Files } from "../files";
import type { Session } from "../session";
import type { Words } from "../texts";

/** What the parts of the panel work with. */
export interface Context {
  session: Session;
  files: Files;
  words: Words;
  /** Puts a text back where it was written. */
  putBack: (text: string) => void;
  /** Gives the focus to the composer, when what had it is gone. */
  toComposer: () => void;
}
