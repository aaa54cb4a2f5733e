// Buttons that copy: an address, a command, an example. They are shown only where a page may write to the clipboard.

export function start(root = document) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button.copy")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  await navigator.clipboard.writeText(textOf(button.dataset));
  const words = [...button.childNodes];
  button.replaceChildren("Copied");
  setTimeout(() => button.replaceChildren(...words), 1200);
});

function textOf({ copy, copyAddress, copyCurl }) {
  if (copy) return document.querySelector(copy).textContent;
  if (copyAddress) return location.origin + copyAddress;
  return `curl '${location.origin}${copyCurl.replaceAll("'", "%27")}'`;
}
