import { plain, readableOn, textOn } from "../../shared/colour";
import type { Files } from "../files";
import type { Session } from "../session";
import type { Sound } from "../sound";
import type { Words } from "../texts";
import { Banner } from "./banner";
import { Composer } from "./composer";
import type { Context } from "./context";
import { Header, soundButton } from "./header";
import { TranscriptView } from "./transcriptView";

export interface Panel {
  update: () => void;
  /** The panel was opened; with the focus, unless that would bring a phone's keyboard up. */
  opened: (focus: boolean) => void;
}

/** Grounds on which words in the company's colour stand: those of the bubbles in `panel.css`, light and dark. */
const grounds = { light: "#f1f3f4", dark: "#262d32" };

export function makePanel(session: Session, files: Files, words: Words, sound: Sound, close: () => void): Panel {
  const context: Context = { session, files, words, putBack: (text) => composer.putBack(text), toComposer: () => composer.focus() };
  const composer: Composer = new Composer(context);
  const transcript = new TranscriptView(context);
  const banner = new Banner(words.t, session);
  const muting = soundButton(words.t, sound.muted, (muted) => {
    sound.muted = muted;
    session.keep.setNote("muted", muted);
  });
  const header = new Header(words.t, muting, close);
  document.body.replaceChildren(header.element, transcript.element, banner.element, composer.element);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) close();
  });
  takeDroppedFiles(composer);

  let ready = false;
  let colour = "";
  return {
    update: () => {
      if (session.widget && session.widget.colour !== colour) paint((colour = session.widget.colour));
      header.update(session);
      transcript.update();
      banner.update();
      composer.update();
      if (!ready && session.status === "ready") {
        ready = true;
        transcript.announce();
      }
    },
    opened: (focus) => {
      transcript.toEnd();
      if (focus) composer.focus();
      else header.element.querySelector("button")?.focus({ preventScroll: true });
    },
  };
}

function paint(colour: string): void {
  const { style } = document.documentElement;
  style.setProperty("--accent", plain(colour));
  style.setProperty("--on-accent", textOn(colour));
  style.setProperty("--accent-on-light", readableOn(grounds.light, colour));
  style.setProperty("--accent-on-dark", readableOn(grounds.dark, colour));
}

function takeDroppedFiles(composer: Composer): void {
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    composer.take(event.dataTransfer.files);
  });
}
