import type { Language } from "../shared/language";

/** What a screen reader says of the button. One unread message and many are parted by "|". */
export const texts: Record<Language, { chat: string; open: string; close: string; unread: string }> = {
  en: { chat: "Chat", open: "Open chat", close: "Close chat", unread: "{count} new message|{count} new messages" },
  de: { chat: "Chat", open: "Chat öffnen", close: "Chat schließen", unread: "{count} neue Nachricht|{count} neue Nachrichten" },
  fr: { chat: "Chat", open: "Ouvrir le chat", close: "Fermer le chat", unread: "{count} nouveau message|{count} nouveaux messages" },
  es: { chat: "Chat", open: "Abrir el chat", close: "Cerrar el chat", unread: "{count} mensaje nuevo|{count} mensajes nuevos" },
  pt: { chat: "Chat", open: "Abrir o chat", close: "Fechar o chat", unread: "{count} mensagem nova|{count} mensagens novas" },
};
