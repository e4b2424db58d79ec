/* Shows the buttons that copy a command, and takes a file that is dropped anywhere. The page does without it. */
for (const box of document.querySelectorAll('.command')) {
  const code = box.querySelector('code');
  const button = box.querySelector('button');
  const status = box.querySelector('[role="status"]');
  button.hidden = false;
  button.addEventListener('click', async () => {
    status.textContent = (await copied(code))
      ? 'Copied.'
      : 'Your browser does not let this page copy. The command is marked: copy it by Ctrl+C.';
  });
}

async function copied(code) {
  getSelection().selectAllChildren(code);
  try {
    // Only there where the address is a safe one.
    if (navigator.clipboard) await navigator.clipboard.writeText(code.textContent);
    else return document.execCommand('copy');
    return true;
  } catch {
    return false;
  }
}

const field = document.querySelector('#file');
const form = document.querySelector('.ask');
const withFiles = (event) => field && event.dataTransfer?.types.includes('Files');

for (const kind of ['dragenter', 'dragover']) {
  document.addEventListener(kind, (event) => {
    if (!withFiles(event)) return;
    event.preventDefault();
    form.classList.add('dropping');
  });
}

document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) form?.classList.remove('dropping');
});

document.addEventListener('drop', (event) => {
  if (!withFiles(event)) return;
  event.preventDefault();
  form.classList.remove('dropping');
  // One machine has one list.
  const one = new DataTransfer();
  one.items.add(event.dataTransfer.files[0]);
  field.files = one.files;
  field.scrollIntoView({ block: 'center' });
  field.focus();
});
