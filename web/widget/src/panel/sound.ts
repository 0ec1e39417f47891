/** A short, soft sound for news; silent until the visitor has clicked or typed, as browsers demand. */
export class Sound {
  muted = false;
  private context: AudioContext | null = null;

  constructor() {
    const allow = () => {
      this.context ??= new AudioContext();
      void this.context.resume();
    };
    for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, allow, { once: true });
  }

  play(): void {
    const { context } = this;
    if (this.muted || context?.state !== "running") return;
    const volume = context.createGain();
    volume.connect(context.destination);
    const start = context.currentTime;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.08, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.4);
    for (const [tone, delay] of [[660, 0], [880, 0.09]] as const) {
      const voice = context.createOscillator();
      voice.frequency.value = tone;
      voice.connect(volume);
      voice.start(start + delay);
      voice.stop(start + 0.4);
    }
  }
}
