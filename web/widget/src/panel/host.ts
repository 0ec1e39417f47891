import { sealed, unsealedToFrame, type ToFrame, type ToHost } from "../shared/bridge";

/**
 * The page around the frame. Which pages may have a frame of Parley's is said by its `frame-ancestors`; the first to
 * speak is the one that embeds it, and no other is heard afterwards.
 */
export class Host {
  private origin: string | null = null;

  constructor(hear: (message: ToFrame) => void) {
    addEventListener("message", (event) => {
      if (event.source !== window.parent || window.parent === window) return;
      const message = unsealedToFrame(event.data);
      if (!message || (this.origin ?? event.origin) !== event.origin) return;
      if (message.type === "start") this.origin = event.origin;
      if (this.origin) hear(message);
    });
  }

  tell(message: ToHost): void {
    if (this.origin) window.parent.postMessage(sealed(message), this.origin);
  }
}
