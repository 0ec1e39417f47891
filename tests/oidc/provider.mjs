// Two OpenID providers for the tests: a real one (oidc-provider), at which whoever is named in `as` signs in at once, and
// one that says whatever it is told to in the code. Prints their addresses, and ends when its input does.
import { createServer } from "node:http";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

// Who starts this reads nothing but the addresses.
console.info = console.error;

const client_id = "parley";
const read = (text) => JSON.parse(Buffer.from(text, "base64url").toString());

async function listening(make) {
  const server = createServer((asked, answer) => handler(asked, answer));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${server.address().port}`;
  const handler = await make(url);
  return url;
}

/** An account is its own id: what is to be said of the person, written down. */
async function real(url) {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const provider = new Provider(url, {
    clients: [{
      client_id, client_secret: "secret of the tests: & =", application_type: "native",
      redirect_uris: ["http://127.0.0.1/oauth/sign-in/back"], grant_types: ["authorization_code"], response_types: ["code"],
    }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["of the tests"] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...read(id) }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: "one" }] },
    pkce: { required: () => true },
  });
  const answer = provider.callback();
  return async (asked, reply) => {
    const { pathname, searchParams } = new URL(asked.url, url);
    if (!pathname.startsWith("/interaction/")) return answer(asked, reply);
    if (searchParams.has("no")) return provider.interactionFinished(asked, reply, { error: "access_denied" });
    const accountId = searchParams.get("as");
    const grant = new provider.Grant({ accountId, clientId: client_id });
    grant.addOIDCScope("openid email profile");
    const result = { login: { accountId }, consent: { grantId: await grant.save() } };
    return provider.interactionFinished(asked, reply, result, { mergeWithLastSubmission: false });
  };
}

/** A code is what is to be said: `claims` beside the usual ones, and the `key` with which it is signed. */
async function crooked(url) {
  const pair = () => generateKeyPair("ES256", { extractable: true });
  const keys = { known: await pair(), stranger: await pair(), next: await pair() };
  const published = ["known"];
  const jwk = async (kid) => ({ ...(await exportJWK(keys[kid].publicKey)), kid, alg: "ES256", use: "sig" });
  const metadata = {
    issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token`, jwks_uri: `${url}/keys`,
    token_endpoint_auth_methods_supported: ["client_secret_post"], response_types_supported: ["code"],
    subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["ES256"],
  };
  async function token(form) {
    const { claims, key = "known", kid = key } = read(form.get("code"));
    if (key === "next" && !published.includes(key)) published.push(key);
    const now = Math.floor(Date.now() / 1000);
    const said = { iss: url, aud: client_id, sub: "one", iat: now, exp: now + 300, email_verified: true, ...claims };
    if (key === "none") return [{ alg: "none" }, said].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".") + ".";
    if (key === "shared") {
      const secret = new TextEncoder().encode(form.get("client_secret"));
      return new SignJWT(said).setProtectedHeader({ alg: "HS256", kid: "known" }).sign(secret);
    }
    return new SignJWT(said).setProtectedHeader({ alg: "ES256", kid }).sign(keys[key].privateKey);
  }
  return async (asked, reply) => {
    const answer = (json) => reply.setHeader("content-type", "application/json").end(JSON.stringify(json));
    if (asked.url === "/.well-known/openid-configuration") return answer(metadata);
    if (asked.url === "/keys") return answer({ keys: [...await Promise.all(published.map(jwk)), { kty: "of the future" }] });
    let body = "";
    for await (const part of asked) body += part;
    return answer({ id_token: await token(new URLSearchParams(body)), access_token: "any", token_type: "Bearer" });
  };
}

console.log(JSON.stringify({ real: await listening(real), crooked: await listening(crooked) }));
process.stdin.on("end", () => process.exit()).resume();
