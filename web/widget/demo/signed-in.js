// What the website of a company does for a customer who has signed in: its server signs who that is, and the page hands
// that to the chat. Here Parley stands in for the company's server.
const element = (id) => document.getElementById(id);

async function signIn() {
  const answer = await fetch("/demo/identity");
  if (!answer.ok) throw new Error(answer.statusText);
  const { identity, name, email } = await answer.json();
  window.Parley.identify(identity);
  element("name").textContent = name;
  element("email").textContent = email;
  element("initials").textContent = name.split(" ").map((word) => word[0]).join("");
  element("account").hidden = false;
  element("state").hidden = true;
}

element("sign-out").addEventListener("click", () => {
  // Whoever uses this browser next must not see the conversation.
  window.Parley.forget();
  element("account").hidden = true;
  element("state").hidden = false;
  element("state").textContent = "You have signed out.";
});

signIn().catch(() => {
  element("state").textContent = "Signing in did not work. Please load the page again.";
});
