// Shows the progress of a bulk change while it runs. Without this script the page reloads every two seconds.
const bar = document.querySelector('progress[data-progress]');

if (bar !== null) {
  const source = new EventSource(bar.dataset.progress);
  source.addEventListener('message', ({ data }) => show(JSON.parse(data)));
  // What has failed, and what can be done now, is on the new page.
  source.addEventListener('end', () => {
    source.close();
    location.reload();
  });
}

function show({ done, total, ...parts }) {
  bar.max = total;
  bar.value = done;
  for (const [name, value] of Object.entries(parts)) {
    for (const element of document.querySelectorAll(`[data-live="${name}"]`)) element.textContent = value.toLocaleString('en');
    for (const element of document.querySelectorAll(`[data-part="${name}"]`)) element.hidden = value === 0;
  }
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll('form[method="post"]'))
  form.addEventListener('submit', () => {
    for (const button of form.querySelectorAll('button')) button.disabled = true;
  });

// A page that comes back from the browser's memory has its buttons again.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});
