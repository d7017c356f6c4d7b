// Passkeys: hands the browser what the page was given to ask, and the page what the authenticator says.
// Where there is no script, or a browser without passkeys, the six digits do the same.
"use strict";

{
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  const create = async (form) => {
    const asked = JSON.parse(form.dataset.asked);
    const { response } = await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: named(asked.excludeCredentials),
      },
    });
    return { client: text(response.clientDataJSON), attestation: text(response.attestationObject) };
  };

  const show = async (form) => {
    const answer = await fetch(form.dataset.asks, { method: "POST", headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const asked = await answer.json();
    const { rawId, response } = await navigator.credentials.get({
      publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: named(asked.allowCredentials) },
    });
    return {
      credential: text(rawId),
      client: text(response.clientDataJSON),
      data: text(response.authenticatorData),
      signature: text(response.signature),
    };
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const said = form.querySelector("[data-said]");
    const button = form.querySelector("[data-passkey-do]");
    if (!window.PublicKeyCredential || !navigator.credentials) {
      said.textContent = said.dataset.none;
      continue;
    }
    form.hidden = false;
    button.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.textContent = "";
      button.disabled = true;
      try {
        const parts = await (form.dataset.passkey === "create" ? create(form) : show(form));
        for (const [name, value] of Object.entries(parts)) form.elements[name].value = value;
        form.submit();
      } catch {
        said.textContent = said.dataset.failed;
        button.disabled = false;
      }
    });
  }
}
