import type { AskTranslate } from "./texts";
import type { Answer, Button, Turn } from "./types";

/** What was said in a conversation and what came of it, as the panel shows it. */
export interface Exchange {
  /** Of this panel: an exchange has no place in the conversation before it is answered. */
  key: string;
  said: string;
  answer?: Answer;
  error?: unknown;
  settled?: boolean;
  /** Whether it took back what was done before it. */
  undoes?: boolean;
  /** Whether the bot said it by itself. */
  byItself?: boolean;
  /** Sends the same again. */
  again?: { text: string } | { turn: number; button: Button };
}

const pressed = /^\[(confirm|cancel|undo|choose|take|without|stop|decline|ask_approval|withdraw)\]$/;

/** A turn of the history; buttons stand there by their names. */
export function fromTurn(turn: Turn, t: AskTranslate): Exchange {
  const [, button] = pressed.exec(turn.heard) ?? [];
  const said = button ? t(`pressed.${button}` as "pressed.confirm") : turn.heard;
  return { key: `turn ${turn.answer.conversation} ${turn.turn}`, said, answer: { ...turn.answer, turn: turn.turn }, settled: turn.settled, undoes: button === "undo", byItself: turn.by_itself, again: button || turn.by_itself ? undefined : { text: turn.heard } };
}

/** What a press amounts to, in words. */
export function wordsOf(button: Button, answer: Answer, t: AskTranslate): string {
  if (button === "confirm" && answer.approval) return t("pressed.approve");
  if (typeof button === "string") return t(`pressed.${button}`);
  if ("decline" in button) return [t("pressed.decline"), button.decline].filter(Boolean).join(": ");
  if ("withdraw" in button) return t("pressed.withdraw");
  if ("choose" in button) return answer.choices?.find((choice) => choice.id === button.choose)?.name ?? t("pressed.choose");
  if ("take" in button) return answer.offers?.[button.take] ?? t("pressed.take");
  if ("stop" in button) return t("pressed.stop");
  return t("pressed.withoutThis", { condition: answer.conditions?.[button.without] ?? "" });
}

/** Whether a turn still waits for its answer: only the last that somebody asked for does, and only until it is given. */
export const isOpen = (exchanges: Exchange[], index: number) =>
  exchanges.slice(index + 1).every(({ byItself }) => byItself) && exchanges[index]?.settled !== true;

/** Whether what a turn did can still be taken back: the bot remembers the last change of a conversation. */
export function canUndo(exchanges: Exchange[], index: number): boolean {
  const exchange = exchanges[index];
  if (exchange?.answer?.can_undo !== true || exchange.settled) return false;
  return !exchanges.slice(index + 1).some((later) => later.undoes || later.answer?.kind === "done");
}

/** What somebody asked in words, the last first: buttons are not asked again. */
export const askedTexts = (exchanges: Exchange[]): string[] =>
  exchanges.flatMap(({ again }) => (again && "text" in again ? [again.text] : [])).reverse();
