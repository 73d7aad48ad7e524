// Makes a passkey, or uses one: <form data-passkey="create" data-asked="{…}"> with a field
// `credential`. What holds it is hidden, and [data-without] shown, where this cannot be done.
const form = document.querySelector("form[data-passkey]");
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

function asked() {
  const { publicKey } = JSON.parse(form.dataset.asked);
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  for (const one of [...(publicKey.excludeCredentials ?? []), ...(publicKey.allowCredentials ?? [])]) one.id = bytes(one.id);
  return { publicKey };
}

function answer(found) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (found.response[part]) response[part] = text(found.response[part]);
  }
  return { id: found.id, rawId: text(found.rawId), type: found.type, response, clientExtensionResults: {} };
}

if (form && window.PublicKeyCredential) {
  document.querySelector("[data-with]").hidden = false;
  document.querySelector("[data-without]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const found = await navigator.credentials[form.dataset.passkey](asked());
      form.elements.credential.value = JSON.stringify(answer(found));
      form.submit();
    } catch {
      form.querySelector("[data-nothing]").hidden = false; // called off, or not done in time
    }
  });
}
