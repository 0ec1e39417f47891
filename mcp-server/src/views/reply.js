// A reply to a customer: the assistant has written a draft, the person may change it, and only their click sends it.
//
// What the server gives for exactly these words (a token, out of the assistant's sight) is handed back upon the click;
// words that were changed get a token of their own first. Nothing else here sends anything.
const TOOL = "conversation_reply";
let draft = {};
let token;

const tokenOf = (result) => result._meta?.["parley/confirmation_token"] ?? result.structuredContent?.confirmation_token;

host.onInput((input) => (draft = input));
host.onResult((result) => {
  const told = result.structuredContent;
  if (result.isError || !told) return show(failure(result));
  if (told.status === "done") return show(element("p", { role: "status" }, TEXTS.sent));
  token = tokenOf(result);
  compose(told);
});

function compose({ to }) {
  const text = element("textarea", { id: "words", rows: "6" });
  text.value = draft.text ?? "";
  const send = element("button", { type: "button" }, TEXTS.send);
  const said = element("p", { role: "status", tabindex: "-1" });
  send.addEventListener("click", (click) => {
    // A click that a script made is nobody's yes.
    if (click.isTrusted) deliver(text, send, said);
  });
  const about = [
    element("p", {}, say(TEXTS.to, { name: to?.name ?? TEXTS.customer })),
    to?.conversation ? element("p", { class: "quiet" }, say(TEXTS.conversation, { name: to.conversation })) : null,
  ];
  show(
    element("header", {}, element("h1", {}, TEXTS.reply), about),
    element("label", { for: "words" }, TEXTS.words),
    text,
    send,
    said,
  );
}

async function deliver(text, send, said) {
  send.disabled = text.readOnly = true;
  said.textContent = TEXTS.sending;
  // Who works with keys or listens goes on where something happens.
  said.focus();
  try {
    const words = text.value;
    if (words !== draft.text || !token) token = await tokenFor(words);
    const result = await host.call(TOOL, { id: draft.id, text: words, confirmation_token: token });
    if (result.isError) throw new Error(failure(result).textContent);
    said.textContent = TEXTS.sent;
    send.remove();
  } catch (problem) {
    token = undefined;
    said.textContent = say(TEXTS.failed, { why: problem.message });
    send.disabled = text.readOnly = false;
  }
}

// What the server gives for words that it has not seen yet.
async function tokenFor(words) {
  const asked = await host.call(TOOL, { id: draft.id, text: words });
  if (asked.isError) throw new Error(failure(asked).textContent);
  draft = { ...draft, text: words };
  return tokenOf(asked);
}
host.begin();
