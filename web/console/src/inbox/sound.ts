import { useSyncExternalStore } from "react";

/** A short sound when somebody is needed. Browsers allow it only after a gesture, so the first one is waited for. */

const setting = "parley.inbox.sound";
/** Tabs of one browser ring together once. */
const rangAt = "parley.inbox.rang";
const together = 1500;

let context: AudioContext | undefined;
const listeners = new Set<() => void>();

export const soundOn = () => localStorage.getItem(setting) !== "off";
export function turnSound(on: boolean) {
  localStorage.setItem(setting, on ? "on" : "off");
  for (const listener of listeners) listener();
}
export const useSoundOn = () => useSyncExternalStore((listener) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}, soundOn);

/** Makes the sound possible from the first gesture on; the answer stops waiting for it. */
export function awaitGesture(): () => void {
  const unlock = () => {
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
    stop();
  };
  const stop = () => { for (const gesture of ["pointerdown", "keydown"]) window.removeEventListener(gesture, unlock); };
  for (const gesture of ["pointerdown", "keydown"]) window.addEventListener(gesture, unlock);
  return stop;
}

export function ring() {
  const last = Number(localStorage.getItem(rangAt) ?? 0);
  if (!soundOn() || context?.state !== "running" || Math.abs(Date.now() - last) < together) return;
  localStorage.setItem(rangAt, String(Date.now()));
  playTwoTones(context);
}

function playTwoTones(audio: AudioContext) {
  for (const [index, frequency] of [660, 880].entries()) {
    const from = audio.currentTime + index * 0.14;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, from);
    volume.gain.exponentialRampToValueAtTime(0.12, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.32);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.34);
  }
}
