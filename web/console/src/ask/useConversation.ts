import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { conversationsQuery, press as pressButton, readTurns, say, turnsAtOnce } from "./api";
import { keep, readKept } from "./kept";
import type { AskTranslate } from "./texts";
import { fromTurn, wordsOf, type Exchange } from "./turns";
import type { Answer, Button } from "./types";

type Again = NonNullable<Exchange["again"]>;
interface State { id?: string; exchanges: Exchange[]; more: boolean; loading: boolean; problem?: unknown }

export interface Talk extends State {
  /** Whether an answer is awaited. */
  busy: boolean;
  send: (text: string) => boolean;
  press: (answer: Answer, button: Button) => void;
  retry: (exchange: Exchange) => void;
  /** Begins a conversation, with a question where there is one. */
  begin: (text?: string) => void;
  open: (id: string) => void;
  /** Shows what was said since, by the bot itself or in another window. */
  catchUp: () => Promise<void>;
  earlier: () => void;
}

const nothing: State = { exchanges: [], more: false, loading: false };

/** The conversation that is open: one question at a time, whoever presses twice. */
export function useConversation(user: string, t: AskTranslate): Talk {
  const client = useQueryClient();
  const [state, setState] = useState<State>(nothing);
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);
  /** Answers to a conversation that was left meanwhile are found in its history. */
  const visit = useRef(0);
  const current = useRef<string>(undefined);

  const leave = useCallback((id: string | undefined) => {
    visit.current += 1;
    current.current = id;
    underWay.current = false;
    setBusy(false);
    keep(user, { conversation: id });
    return visit.current;
  }, [user]);

  const run = async (exchange: Exchange, again: Again) => {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    const here = visit.current;
    const conversation = current.current;
    const asked: Exchange = { ...exchange, again, error: undefined };
    setState((before) => ({ ...before, exchanges: [...before.exchanges.filter(({ key }) => key !== asked.key), asked] }));
    const change = (alter: (each: Exchange) => Exchange) => { if (here === visit.current) setState((before) => ({ ...before, exchanges: before.exchanges.map(alter) })); };
    try {
      const answer = "text" in again ? await say(again.text, conversation) : await pressButton(again.turn, again.button, conversation ?? "");
      const settles = "turn" in again && !(typeof again.button === "object" && "without" in again.button);
      change((each) => (each.key === asked.key ? { ...each, answer } : settles && each.answer?.turn === again.turn ? { ...each, settled: true } : each));
      if (here === visit.current) {
        current.current = answer.conversation;
        keep(user, { conversation: answer.conversation });
        setState((before) => ({ ...before, id: answer.conversation }));
      }
      if (!conversation) void client.invalidateQueries({ queryKey: conversationsQuery.queryKey });
    } catch (error) {
      change((each) => (each.key === asked.key ? { ...each, error } : each));
    } finally {
      if (here === visit.current) {
        underWay.current = false;
        setBusy(false);
      }
    }
  };

  const load = useCallback(async (id: string, before?: number) => {
    const here = visit.current;
    setState((now) => ({ ...now, id, loading: true, problem: undefined }));
    try {
      const turns = await readTurns(id, before);
      if (here !== visit.current) return;
      setState((now) => ({ id, loading: false, more: turns.length === turnsAtOnce, exchanges: [...turns.map((turn) => fromTurn(turn, t)), ...(before ? now.exchanges : [])] }));
    } catch (problem) {
      if (here === visit.current) setState((now) => ({ ...now, loading: false, problem }));
    }
  }, [t]);

  const catchUp = async () => {
    const [here, id] = [visit.current, current.current];
    if (!id) return;
    const turns = await readTurns(id);
    if (here !== visit.current) return;
    setState((now) => {
      const known = Math.max(0, ...now.exchanges.map(({ answer }) => answer?.turn ?? 0));
      const waiting = now.exchanges.filter(({ answer, error }) => !answer && error === undefined);
      const said = now.exchanges.filter((each) => !waiting.includes(each));
      return { ...now, exchanges: [...said, ...turns.filter(({ turn }) => turn > known).map((turn) => fromTurn(turn, t)), ...waiting] };
    });
  };

  const ask = (text: string) => void run({ key: crypto.randomUUID(), said: text }, { text });
  const open = useCallback((id: string) => {
    leave(id);
    setState(nothing);
    void load(id);
  }, [leave, load]);

  return {
    ...state, busy, open, catchUp,
    send: (text) => {
      if (underWay.current || state.loading) return false;
      ask(text);
      return true;
    },
    press: (answer, button) => void run({ key: crypto.randomUUID(), said: wordsOf(button, answer, t) }, { turn: answer.turn, button }),
    retry: (exchange) => { if (exchange.again) void run(exchange, exchange.again); },
    begin: (text) => {
      leave(undefined);
      setState(nothing);
      if (text) ask(text);
    },
    earlier: () => {
      const first = state.exchanges.find(({ answer }) => answer)?.answer?.turn;
      if (state.id && !state.loading) void load(state.id, state.problem && state.exchanges.length === 0 ? undefined : first);
    },
  };
}

/** The conversation that this tab was in. */
export const lastConversation = (user: string) => readKept(user).conversation;
