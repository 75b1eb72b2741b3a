// A certified OpenID provider for the tests of sign-in: it says its address, waits for ours on its standard input, then answers.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

const server = createServer();
server.listen(0, "127.0.0.1", async () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  console.log(`issuer ${issuer}`);
  const { value: base } = await createInterface({ input: process.stdin })[Symbol.asyncIterator]().next();
  const provider = new Provider(issuer, settings(base));
  server.on("request", provider.callback());
  console.log("ready");
});
// The tests hold the other end: when they are gone, so is this.
process.stdin.on("end", () => process.exit(0));

/** The keys, the clients and the people. */
function settings(base) {
  const client = (code, more) => ({
    client_id: `terreau-${code}`,
    client_secret: "un-secret-de-plus-de-trente-deux-octets",
    redirect_uris: [`${base}/connexion/retour/${code}`],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    ...more,
  });
  const key = (kind, how, kid) => ({ ...generateKeyPairSync(kind, how).privateKey.export({ format: "jwk" }), kid, use: "sig" });
  return {
    clients: [
      client("usuel", {}),
      // As ProConnect: the secret in the form, and the userinfo signed.
      client("signe", { token_endpoint_auth_method: "client_secret_post", userinfo_signed_response_alg: "RS256" }),
      client("courbe", { id_token_signed_response_alg: "ES256" }),
      client("secret", { id_token_signed_response_alg: "HS256" }),
    ],
    jwks: { keys: [key("rsa", { modulusLength: 2048 }, "rsa"), key("ec", { namedCurve: "P-256" }, "ec")] },
    cookies: { keys: ["un-secret-de-test"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    features: { devInteractions: { enabled: true }, jwtUserinfo: { enabled: true } },
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256", "HS256"] },
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: !id.startsWith("sans-preuve") }),
    }),
  };
}
